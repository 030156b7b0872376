"""Every long form there is: which test it is, how much of it a slice does, and how many slices make it whole."""

from dataclasses import dataclass

PROPERTIES, FAULTS = "tests/properties", ("-m", "tests.faults")


@dataclass(frozen=True)
class Form:
    """One long form. Slice number n runs with the seed n; `size` of `whole` is what one slice does.

    `test` is what pytest runs, `command` another module of Python instead; `amount` is the variable that says how much.
    """

    name: str
    promise: str
    whole: int
    size: int
    test: str = ""
    command: tuple[str, ...] = ()
    amount: str = "PROPERTY_TIMES"

    @property
    def slices(self) -> range:
        """The seeds that make the form whole."""
        return range(1, -(-self.whole // self.size) + 1)

    def environment(self, seed: int) -> dict[str, str]:
        """Return what a slice finds in its environment."""
        done = (seed - 1) * self.size
        some = min(self.size, self.whole - done)
        return {
            "HYPOTHESIS_PROFILE": "long", self.amount: str(some), "PROPERTY_SEED": str(seed), "SEED": str(seed),
        }  # fmt: skip

    def arguments(self, seed: int) -> list[str]:
        """Return what follows `python` for a slice."""
        if self.command:
            return list(self.command)
        quiet = ["-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", f"--hypothesis-seed={seed}"]
        return [*quiet, self.test]


FORMS = (
    Form("any_path", "11, 7", 5000, 50, f"{PROPERTIES}/test_any_path.py::test_it_holds_on_any_path"),
    Form(
        "time_travel", "8", 2000, 100,
        f"{PROPERTIES}/test_time_travel.py::test_no_rung_is_skipped_or_doubled_whatever_dies_and_jumps",
    ),
    Form(
        "pushed_is_pulled", "2, 7", 10_000, 100,
        f"{PROPERTIES}/test_pushed_is_pulled.py::test_what_is_pushed_is_what_is_pulled",
    ),
    Form(
        "cut_answers", "14", 10_000, 500,
        f"{PROPERTIES}/test_cut_answers.py::test_every_act_counts_once_however_often_its_answer_was_cut",
    ),
    Form("at_once", "10, 15", 1000, 1000, f"{PROPERTIES}/test_at_once.py"),
    Form(
        "browser_kills", "13", 300, 20,
        "tests/browser/test_chaos.py::test_nothing_recorded_offline_is_lost_when_the_browser_is_killed",
        amount="KILLS",
    ),
    Form("any_bytes", "security", 200_000, 4000, "tests/doors/test_any_bytes.py::test_no_bytes_are_a_fault_of_ours"),
    Form("any_request", "security", 1000, 50, "tests/dissuasion/access/test_any_request.py"),
    Form("faults", "1 to 5", 3, 1, command=FAULTS, amount="FAULTS_RUN"),
)  # fmt: skip
