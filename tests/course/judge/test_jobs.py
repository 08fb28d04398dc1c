"""Jobs, beside what runs them."""

from course.judge.jobs import new_seed


def test_a_new_seed_is_one_of_too_many_to_try_and_exact_in_json():
    seeds = {new_seed() for _ in range(100)}
    assert len(seeds) == 100 and 2**45 < max(seeds) < 2**53
