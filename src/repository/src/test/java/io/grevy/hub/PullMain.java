package io.grevy.hub;

import java.nio.file.Path;

/** Pulls {@link Pulls#MODEL} into a folder as a process of its own: HF_ENDPOINT says where from. */
final class PullMain {
    private PullMain() {}

    public static void main(String[] arguments) throws Exception {
        Path repository = Path.of(arguments[0]);
        HubSettings settings = HubSettings.of(System.getenv(), repository);
        PullRequest request = new PullRequest(
                io.grevy.repository.SourceModel.parse(Pulls.MODEL), repository, java.util.Optional.empty(), false);
        PullProgress progress = new PullProgress();
        Thread pull = new Thread(() -> pull(settings, request, progress));
        pull.start();
        // One line for each change of phase, so that a test can wait for it.
        String phase = "";
        while (pull.isAlive()) {
            String now = progress.status().phase();
            if (!now.equals(phase)) {
                phase = now;
                System.out.println(now);
            }
            pull.join(5);
        }
    }

    private static void pull(HubSettings settings, PullRequest request, PullProgress progress) {
        try {
            System.out.println(
                    new ModelHub(settings).pull(request, progress).getClass().getSimpleName());
        } catch (HubException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
