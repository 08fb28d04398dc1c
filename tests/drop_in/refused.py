"""Answers that are right for CS231n and are refused: the table is there to be emptied.

{answer: {notebook: what is asked of it there that CS231n does not ask}}
Whoever moves such a demand into a check of its own, whose heading ends with `beyond CS231n`, takes
the answers out of the table that pass then; tests fail until it is done.
"""

USE_BATCHNORM = "normalization, where CS231n had use_batchnorm in 2016"
PACKAGE = "what its answers are refused for alone"

REFUSED: dict[str, dict[str, str]] = {
    "cs231n/2016": {"4_batchnorm": PACKAGE},
    "fc_net/deep_of_2016": {"4_batchnorm": USE_BATCHNORM},
}
