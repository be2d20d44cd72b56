"""Runs scikit-learn, hmmlearn and our side by turns on the same rows; see run."""

import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROWS, INPUTS, STATES, CORES = 500_000, 3, 3, 2
SEED = 20_240_101
STEPS = 5
FOREST = dict(n_estimators=100, max_samples=256, contamination=0.01, n_jobs=CORES)


def require_pinned():
    wrong = []
    for line in (Path(__file__).parent / "requirements.txt").read_text().split():
        name, pinned = line.split("==")
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "none"
        if found != pinned:
            wrong.append(f"{name}: found={found} pinned={pinned}")
    if wrong:
        print("benchmarks/peers/run: other packages than requirements.txt has: " + ", ".join(wrong), file=sys.stderr)
        sys.exit(2)


require_pinned()

import joblib  # noqa: E402
import numpy as np  # noqa: E402
from hmmlearn.hmm import GaussianHMM  # noqa: E402
from scipy.stats import spearmanr  # noqa: E402
from sklearn.ensemble import IsolationForest  # noqa: E402
from sklearn.metrics import roc_auc_score  # noqa: E402


def market():
    """Three sticky regimes with correlated normal rows; one row in a hundred is four times as large."""
    random = np.random.default_rng(SEED)
    stay, mean = np.array([0.98, 0.97, 0.95]), np.array([[-1.0, -0.8, 0.0], [0.4, 0.6, 0.1], [1.8, 2.2, 0.3]])
    scale = np.array([[1, 0, 0], [0.5, 0.8, 0], [0.2, 0.1, 0.9]])
    states = np.empty(ROWS, dtype=np.int64)
    state = 0
    leave, jump = random.random(ROWS), random.integers(1, STATES, ROWS)
    for row in range(ROWS):
        state = (state + jump[row]) % STATES if leave[row] > stay[state] else state
        states[row] = state
    strange = random.random(ROWS) < 0.01
    noise = random.standard_normal((ROWS, INPUTS)) @ scale.T * (0.6 + 0.4 * states[:, None])
    rows = np.ascontiguousarray(mean[states] + noise * np.where(strange, 4.0, 1.0)[:, None])
    return rows, strange


def start():
    return dict(
        startprob_=np.array([0.4, 0.3, 0.3]),
        transmat_=np.array([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]]),
        means_=np.array([[-0.5] * 3, [0.5] * 3, [1.5] * 3]),
        covars_=np.array([np.eye(INPUTS)] * STATES),
    )


def hmm(implementation, steps=STEPS, **other):
    model = GaussianHMM(STATES, "full", covars_prior=0, init_params="", params="stmc", n_iter=steps, tol=-np.inf,
                        implementation=implementation)
    for name, value in (start() | other).items():
        setattr(model, name, value)
    return model


class Ours:
    def __init__(self, command, folder, rows):
        rows.astype("<f8").tofile(folder / "rows")
        np.concatenate([value.ravel() for value in start().values()]).astype("<f8").tofile(folder / "start")
        self.process = subprocess.Popen(
            command + [str(folder / "rows"), str(INPUTS), str(folder / "start"), str(CORES)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        self.answer("ready")

    def answer(self, expected=None):
        line = self.process.stdout.readline().strip()
        if not line or (expected and line != expected):
            sys.exit("benchmarks/peers/run: our side has ended, see above")
        return line

    def ask(self, *order):
        print(*order, file=self.process.stdin, flush=True)
        return [float(number) for number in self.answer().split()]


class Peer:
    """Each method does a piece of work; whoever calls takes the time."""

    def __init__(self, rows):
        self.rows = rows

    def fit(self, seed=1):
        self.forest = IsolationForest(random_state=seed, **FOREST).fit(self.rows)

    def score(self):
        self.scores = self.forest.score_samples(self.rows)

    def one(self, count=50):
        for row in range(count):
            self.forest.score_samples(self.rows[row:row + 1])
        return count

    def em(self, implementation):
        model = hmm(implementation)
        model.fit(self.rows)
        self.log_likelihoods = list(model.monitor_.history)
        return STEPS

    def window(self, count=20):
        model = hmm("scaling")
        for row in range(count):
            model.predict_proba(self.rows[row:row + 240])
        return count


def timed(work, *args):
    processor, begin = time.process_time(), time.perf_counter()
    count = work(*args) or 1
    return (time.perf_counter() - begin) / count, (time.process_time() - processor) / count


class Table:
    HEAD = f"{'what':<46} {'peer, median (range)':>27} {'ours, median (range)':>27} {'ratio':>7} {'cpu':>6}  {'goal':<22} {'':<4}  load"

    def __init__(self, warm_up, repetitions):
        self.warm_up, self.repetitions, self.missed = warm_up, repetitions, False
        print(self.HEAD)

    def measure(self, what, peer, ours, least=None, most=None):
        """By turns; the goal is a least ratio of medians, or most processor seconds of ours, which has one thread then."""
        theirs, own = [], []
        for repetition in range(self.warm_up + self.repetitions):
            pair = peer(), ours()
            if repetition >= self.warm_up:
                theirs.append(pair[0])
                own.append(pair[1])
        wall = [statistics.median(side[0] for side in sides) for sides in (theirs, own)]
        cpu = [statistics.median(side[1] for side in sides) for sides in (theirs, own)]
        ratio = wall[0] / wall[1]
        met = ratio >= least if least else cpu[1] <= most
        self.missed |= not met
        goal = f"≥ {least} ×" if least else f"≤ {amount(most)}, has {amount(cpu[1])}"
        cpu_ratio = f"{cpu[0] / cpu[1]:6.1f}" if cpu[1] > 0 else f"{'':>6}"
        print(f"{what:<46} {spread(theirs):>27} {spread(own):>27} {ratio:7.1f} {cpu_ratio}  {goal:<22} "
              f"{'pass' if met else 'FAIL':<4}  {load()}", flush=True)

    def agree(self, what, figure, goal, met):
        self.missed |= not met
        print(f"{what:<102} {figure:>15}  {goal:<22} {'pass' if met else 'FAIL':<4}", flush=True)


def amount(seconds):
    unit, factor = ("s", 1) if seconds >= 1 else ("ms", 1e3) if seconds >= 1e-3 else ("µs", 1e6)
    return f"{seconds * factor:.3g} {unit}"


def spread(measured):
    walls = [wall for wall, _ in measured]
    return f"{amount(statistics.median(walls))} ({amount(min(walls))} … {amount(max(walls))})"


def load():
    return Path("/proc/loadavg").read_text().split()[0]


def trees(forest):
    """Nodes of each tree, then feature, right child, split and rows of all nodes; left children follow their parents."""
    columns, first = [[], [], [], []], 0
    counts = [estimator.tree_.node_count for estimator in forest.estimators_]
    for estimator, count in zip(forest.estimators_, counts):
        tree = estimator.tree_
        inner = tree.children_left >= 0
        assert (tree.children_left[inner] == np.flatnonzero(inner) + 1).all()
        for column, value in zip(columns, (
                np.where(inner, tree.feature, -1), np.where(inner, tree.children_right + first, 0),
                np.where(inner, tree.threshold, 0), tree.n_node_samples)):
            column.append(value)
        first += count
    return np.concatenate([np.array(counts, dtype=float)] + [np.concatenate(column).astype(float) for column in columns])


def stationary(transition):
    values, vectors = np.linalg.eig(transition.T)
    vector = np.real(vectors[:, np.argmax(np.real(values))])
    return vector / vector.sum()


def speed(table, peer, ours):
    def of_one(*order):
        _, processor, seconds, *_ = ours.ask(*order)
        return seconds, processor / int(order[1])

    n = f"{ROWS:,} × {INPUTS}"
    table.measure(f"forest, fit with contamination, {n}", lambda: timed(peer.fit), lambda: ours.ask("fit")[:2], least=4)
    table.measure(f"forest, scores of {n}", lambda: timed(peer.score), lambda: ours.ask("score", FOLDER / "scores")[:2], least=4)
    table.measure("forest, score of one vector", lambda: timed(peer.one), lambda: of_one("one", 200_000), most=5e-6)
    for name, implementation in (("default", "log"), ("'scaling'", "scaling")):
        table.measure(f"HMM, step of EM, 3 states, {n}, {name}", lambda: timed(peer.em, implementation),
                      lambda: of_one("em", STEPS), least=3)
    table.measure("HMM, filter step (peer: a window of 240)", lambda: timed(peer.window), lambda: of_one("filter", 1_000_000), most=1e-6)


def agreement(table, peer, ours, strange):
    trees(peer.forest).astype("<f8").tofile(FOLDER / "trees")
    ours.ask("foreign", FOLDER / "trees", FOLDER / "foreign")
    difference = np.abs(np.fromfile(FOLDER / "foreign", dtype="<f8") + peer.scores).max()
    table.agree("same trees (the peer's): largest difference of 500,000 scores", f"{difference:.1e}", "≤ 1e-12", difference <= 1e-12)

    own, theirs = np.fromfile(FOLDER / "scores", dtype="<f8"), -peer.scores
    areas = roc_auc_score(strange, theirs), roc_auc_score(strange, own)
    table.agree(f"own trees: AUROC of the strange rows, peer {areas[0]:.4f}, ours {areas[1]:.4f}: difference",
                f"{abs(areas[0] - areas[1]):.4f}", "≤ 0.01", abs(areas[0] - areas[1]) <= 0.01)
    peer.fit(seed=2)
    with joblib.parallel_config(backend="threading", n_jobs=CORES):
        other = -peer.forest.score_samples(peer.rows)
    ranks = spearmanr(theirs, other).statistic, spearmanr(theirs, own).statistic
    table.agree(f"own trees: rank correlation with the peer {ranks[1]:.4f}, of two of the peer's forests {ranks[0]:.4f}: less by",
                f"{ranks[0] - ranks[1]:.4f}", "≤ 0.02", ranks[0] - ranks[1] <= 0.02)

    likelihoods = np.array(ours.ask("em", STEPS)[3:])
    worst = np.abs(likelihoods / np.array(peer.log_likelihoods) - 1).max()
    table.agree(f"log likelihood of each of {STEPS} steps of EM, last {likelihoods[-1]:.6f}: largest relative difference",
                f"{worst:.1e}", "≤ 1e-8", worst <= 1e-8)
    ours.ask("filtered", FOLDER / "filtered")
    filtered = np.fromfile(FOLDER / "filtered", dtype="<f8").reshape(-1, STATES)
    model = hmm("log", startprob_=stationary(start()["transmat_"]))
    worst = max(np.abs(model.predict_proba(peer.rows[:row])[-1] - filtered[row - 1]).max() for row in (1, 2, 10, 100, 1000))
    table.agree("filter at rows 1, 2, 10, 100, 1000 against hmmlearn on the rows so far: largest difference",
                f"{worst:.1e}", "≤ 1e-9", worst <= 1e-9)


def main(arguments):
    split = arguments.index("--")
    options, command = arguments[:split], arguments[split + 1:]
    if options not in ([], ["--quick"]):
        print(f"usage: benchmarks/peers/run [--quick]: given={' '.join(options)}", file=sys.stderr)
        return 2
    warm_up, repetitions = (1, 1) if options else (3, 7)
    rows, strange = market()
    peer, ours = Peer(rows), Ours(command, FOLDER, rows)
    print(f"scikit-learn {version('scikit-learn')} (n_jobs={CORES}, and but for the first line within joblib threads, without which it scores on one core), "
          f"hmmlearn {version('hmmlearn')}, NumPy {np.__version__}, Python {sys.version.split()[0]}; {CORES} cores; by turns, "
          f"{warm_up} × warm-up, {repetitions} × measured; cpu: ratio of processor times; goals of one vector and one step are "
          "processor time\n")
    table = Table(warm_up, repetitions)
    peer.fit()
    ours.ask("fit")
    table.measure(f"forest, scores of {ROWS:,} × {INPUTS}, n_jobs alone", lambda: timed(peer.score),
                  lambda: ours.ask("score", FOLDER / "scores")[:2], least=4)
    with joblib.parallel_config(backend="threading", n_jobs=CORES):
        speed(table, peer, ours)
    print()
    agreement(table, peer, ours, strange)
    print(f"\nload average {Path('/proc/loadavg').read_text()[:14]} at the end; " + ("a goal was missed" if table.missed else "all goals met"))
    return 1 if table.missed else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        FOLDER = Path(name)
        sys.exit(main(sys.argv[1:]))
