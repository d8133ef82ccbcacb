"""Muon for the matrices, Adam for the rest: fewer pictures are needed than with Adam alone."""

import torch

LARGEST = 200_000  # values of a matrix; beyond, squaring it costs more than it brings


class Optimizer:
    def __init__(self, named_weights, rate):
        named = list(named_weights)
        matrices = [w for name, w in named if w.dim() == 2 and w.numel() < LARGEST and not _is_table(name)]
        chosen = {id(w) for w in matrices}
        rest = [w for _, w in named if id(w) not in chosen]
        self.parts = [
            Muon([{"params": matrices, "rate": 2.5 * rate}]),
            torch.optim.AdamW(
                [
                    {"params": [w for w in rest if w.dim() > 1], "weight_decay": 0.02, "rate": rate},
                    {"params": [w for w in rest if w.dim() < 2], "weight_decay": 0.0, "rate": rate},
                ],
                betas=(0.9, 0.98),
            ),
        ]

    def step(self, share):
        """One step at `share` of the full rate."""
        for part in self.parts:
            for group in part.param_groups:
                group["lr"] = group["rate"] * share
            part.step()
            part.zero_grad(set_to_none=True)

    def state_dict(self):
        return [part.state_dict() for part in self.parts]

    def load_state_dict(self, states):
        for part, state in zip(self.parts, states):
            part.load_state_dict(state)


def _is_table(name):
    return "embed_tokens" in name or "lm_head" in name


class Muon(torch.optim.Optimizer):
    """Momentum, made orthogonal (K. Jordan, "Muon: An optimizer for hidden layers in neural networks", 2024).

    In f32: the library's own computes in bf16, which this processor is slow at.
    """

    def __init__(self, groups, momentum=0.95, decay=0.02):
        super().__init__(groups, {"lr": 0.0, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                if not state:
                    state["mean"] = torch.zeros_like(weight)
                mean = state["mean"].lerp_(weight.grad, 1 - group["momentum"])
                ahead = weight.grad.lerp(mean, group["momentum"])
                weight.mul_(1 - group["lr"] * group["decay"])
                weight.add_(_orthogonal(ahead), alpha=-group["lr"] * 0.2 * max(weight.shape) ** 0.5)


def _orthogonal(matrix, rounds=4):
    """All singular values near one, by Newton and Schulz's iteration."""
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if tall else matrix
    x = x / (x.norm() + 1e-7)
    for _ in range(rounds):
        square = x @ x.T
        x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
    return x.T if tall else x
