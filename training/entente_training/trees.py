"""The best tree over a matrix of arc scores, with exactly one word under the root."""

from __future__ import annotations

import numpy as np


def best_tree(scores: np.ndarray, roots: int = 3) -> list[int]:
    """Heads (0 = root, word i is i) of the tree with the highest sum of log probabilities.

    `scores` is [W, W+1]: row = dependant, column = head, column 0 = root. Word by word choice is kept
    where it is a tree. Else the maximum spanning tree is found with each of the `roots` likeliest words as the root.
    """
    size = scores.shape[0]
    logs = scores - scores.max(1, keepdims=True)
    logs = logs - np.log(np.exp(logs).sum(1, keepdims=True))
    logs[np.arange(size), np.arange(size) + 1] = -np.inf
    greedy = logs.argmax(1)
    if (greedy == 0).sum() == 1 and _find_cycle(np.concatenate([[0], greedy])) is None:
        return greedy.tolist()
    best, best_sum = greedy.tolist(), -np.inf
    for root in np.argsort(-logs[:, 0], kind="stable")[:roots]:
        fixed = logs.copy()
        fixed[:, 0] = -np.inf
        fixed[root, :] = -np.inf
        fixed[root, 0] = logs[root, 0]
        matrix = np.full((size + 1, size + 1), -np.inf)
        matrix[1:] = fixed
        heads = spanning_tree(matrix)[1:]
        total = logs[np.arange(size), heads].sum()
        if total > best_sum:
            best, best_sum = heads.tolist(), total
    return best


def _find_cycle(heads: np.ndarray) -> list[int] | None:
    state = np.zeros(len(heads), int)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        state[path] = 2
    return None


def spanning_tree(scores: np.ndarray) -> np.ndarray:
    """Chu-Liu/Edmonds: heads of the best tree rooted at node 0; `scores[d, h]`, entry 0 of the result is 0."""
    size = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    members = np.array(cycle)
    inside = np.zeros(size, bool)
    inside[members] = True
    rest = np.flatnonzero(~inside)
    # The cycle becomes one node, the last; node 0 stays first.
    small = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    out_of = scores[np.ix_(rest, members)]
    small[:-1, -1] = out_of.max(1)
    current = scores[members, heads[members]]
    into = scores[np.ix_(members, rest)] - current[:, None]
    small[-1, :-1] = into.max(0)
    small_heads = spanning_tree(small)
    result = heads.copy()
    for index, node in enumerate(rest):
        if node == 0:
            continue
        head = small_heads[index]
        result[node] = members[out_of[index].argmax()] if head == len(rest) else rest[head]
    entry = small_heads[-1]
    entered = members[into[:, entry].argmax()]
    result[entered] = rest[entry]
    result[0] = 0
    return result
