package io.grevy.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs a command in a tree as Kubernetes and OpenShift run a container: the root file system read-only but for some
 * folders, a user that no file knows, in group 0, without any capability. By namespaces of the kernel, so that it
 * needs no container engine; with a user namespace where this is not root.
 */
final class Confined {

    static final int USER = 1_000_670_000;

    private Confined() {}

    /**
     * @param writable the folders that are empty and may be written to
     * @param environment all that the command has of it
     */
    static ProcessBuilder process(
            ImageTree tree, List<String> writable, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
        boolean root = ImageTree.isRoot();
        if (!root) {
            words.addAll(List.of("--user", "--map-root-user"));
        }
        words.addAll(List.of("sh", "-euc", script(tree.root, writable), "sh"));
        // In a user namespace of one user, the second one turns its root into the user that is wanted.
        words.addAll(
                root
                        ? List.of(
                                "setpriv",
                                "--reuid=" + USER,
                                "--regid=0",
                                "--clear-groups",
                                "--no-new-privs",
                                "--bounding-set=-all",
                                "--inh-caps=-all")
                        : List.of(
                                "unshare",
                                "--user",
                                "--map-user=" + USER,
                                "--map-group=0",
                                "setpriv",
                                "--no-new-privs"));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(new TreeMap<>(environment));
        return builder;
    }

    private static String script(Path root, List<String> writable) throws IOException {
        StringBuilder script = new StringBuilder("root='" + root + "'\nmount --bind \"$root\" \"$root\"\n");
        for (String folder : ImageTree.OF_THIS_MACHINE) {
            Path own = Path.of("/", folder);
            if (Files.isDirectory(own)) {
                script.append("mount --rbind /")
                        .append(folder)
                        .append(" \"$root/")
                        .append(folder)
                        .append("\"\n");
                script.append("mount -o remount,bind,ro \"$root/")
                        .append(folder)
                        .append("\" || true\n");
            }
        }
        for (String folder : List.of("proc", "dev", "sys")) {
            script.append("mount --rbind /")
                    .append(folder)
                    .append(" \"$root/")
                    .append(folder)
                    .append("\"\n");
        }
        script.append("mount -o remount,bind,ro \"$root\"\n");
        for (String folder : writable) {
            script.append("mount -t tmpfs -o mode=1777 none \"$root")
                    .append(folder)
                    .append("\"\n");
        }
        return script.append("exec chroot \"$root\" \"$@\"\n").toString();
    }
}
