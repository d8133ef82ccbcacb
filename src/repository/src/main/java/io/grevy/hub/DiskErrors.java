package io.grevy.hub;

import io.grevy.hub.HubException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Room on the disk, and what went wrong there. */
final class DiskErrors {
    private DiskErrors() {}

    /** @throws HubException where so many bytes do not fit beside what is there */
    static void requireRoom(Path folder, long bytes) throws HubException, IOException {
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < bytes) {
            throw new HubException(
                    Reason.DISK_FULL,
                    folder + ": " + Sizes.text(bytes) + " are still to be pulled, but the disk has room for "
                            + Sizes.text(room) + " only; make room, or give another --model_repository_path");
        }
    }

    static HubException of(IOException failure, Path where) {
        if (isFull(failure)) {
            return new HubException(
                    Reason.DISK_FULL,
                    where + ": the disk is full; make room and pull again, which goes on where this has ended",
                    failure);
        }
        String why = failure instanceof AccessDeniedException
                ? "access is denied"
                : failure instanceof FileAlreadyExistsException
                        ? "something else is there already"
                        : failure instanceof FileSystemException named && named.getReason() != null
                                ? named.getReason()
                                : failure.getMessage();
        String path = failure instanceof FileSystemException named && named.getFile() != null
                ? named.getFile()
                : where.toString();
        return new HubException(Reason.FOLDER, path + ": cannot be written (" + why + ")", failure);
    }

    // The system's own words for ENOSPC and EDQUOT; Java has no types for them.
    private static boolean isFull(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded");
    }
}
