package io.grevy.hub;

import static io.grevy.hub.BrokenPullTest.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.hub.HubException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
    private static final HubFile HELLO =
            new HubFile("a", 5, new Checksum.GitBlob("b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0"));

    @Test
    void isIntactInOnePieceAndInTwo(@TempDir Path folder) throws Exception {
        try (PartFile part = PartFile.open(HELLO, folder.resolve("part"))) {
            part.append(ByteBuffer.wrap(new byte[] {'h', 'e'}));
            assertThat(part.missing()).isEqualTo(3);
        }
        try (PartFile part = PartFile.open(HELLO, folder.resolve("part"))) {
            assertThat(part.length()).isEqualTo(2);
            part.append(ByteBuffer.wrap(new byte[] {'l', 'l', 'o'}));
            assertThat(part.isIntact()).isTrue();
        }
        assertThat(folder.resolve("part")).hasContent("hello");
    }

    @Test
    void keepsNothingThatIsTooLong(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("part"), "hello!");

        try (PartFile part = PartFile.open(HELLO, folder.resolve("part"))) {
            assertThat(part.length()).isZero();
        }
    }

    @Test
    void isNotIntactWithOtherBytes(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("part"), "hullo");

        try (PartFile part = PartFile.open(HELLO, folder.resolve("part"))) {
            assertThat(part.isIntact()).isFalse();
        }
    }

    /** The device on which no write succeeds, for want of space: the system's own error. */
    @Test
    void saysThatTheDiskIsFull() throws Exception {
        IOException full = catchThrowableOfType(IOException.class, () -> {
            try (PartFile part = PartFile.open(HELLO, Path.of("/dev/full"))) {
                part.append(ByteBuffer.wrap(new byte[] {'h'}));
            }
        });

        assertThat(DiskErrors.of(full, Path.of("models/.m.pulling")))
                .satisfies(reason(Reason.DISK_FULL))
                .hasMessage("models/.m.pulling: the disk is full; make room and pull again, which goes on where"
                        + " this has ended");
    }
}
