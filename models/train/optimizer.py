"""Muon for the matrices, Adam for the rest: fewer pictures are needed than with Adam alone."""

import torch

LANGUAGE = 0.5  # of the rate, for the language model, which knows much from the start
HEADS = 0.1  # of that, for its heads, which know the most
LARGEST = 200_000  # values of a matrix; beyond, squaring it costs more than it brings


class Optimizer:
    def __init__(self, named_weights, rate, kept=()):
        named = list(named_weights)
        self.kept = [(weight, part, weight.detach()[part].clone()) for weight, part in kept]
        matrices = {name for name, w in named if w.dim() == 2 and w.numel() < LARGEST and not _is_table(name)}
        rates = {name: rate * _share(name) for name, _ in named}
        self.parts = [
            Muon([{"params": [w], "rate": 2.5 * rates[name]} for name, w in named if name in matrices]),
            torch.optim.AdamW(
                [
                    {"params": [w], "weight_decay": 0.02 if w.dim() > 1 else 0.0, "rate": rates[name]}
                    for name, w in named
                    if name not in matrices
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
        with torch.no_grad():
            for weight, part, values in self.kept:
                weight[part] = values

    def state_dict(self):
        return [part.state_dict() for part in self.parts]

    def load_state_dict(self, states):
        for part, state in zip(self.parts, states):
            part.load_state_dict(state)


def _share(name):
    if "visual" in name:
        return 1.0
    return LANGUAGE * (HEADS if "self_attn" in name else 1.0)


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
