"""Answers that are right for CS231n and are refused: the table is there to be emptied.

{answer: {notebook: what is asked of it there that CS231n does not ask}}
Whoever moves such a demand into a check of its own, whose heading ends with `beyond CS231n`, takes
the answers out of the table that pass then; tests fail until it is done.
"""

ARGUMENTS = "arguments have to be left as they were"
FLOAT32 = "float32 in, float32 out"
ROWS = "gradients of shape (1, M) for (M,)"
USE_BATCHNORM = "normalization, where CS231n had use_batchnorm in 2016"
PACKAGE = "what its answers are refused for alone"

REFUSED: dict[str, dict[str, str]] = {
    "cs231n/2016": {"4_batchnorm": PACKAGE},
    "cs231n/2018": {"4_batchnorm": PACKAGE},
    "cs231n/2025": {"4_batchnorm": PACKAGE},
    "dropout/binomial": {"4_batchnorm": FLOAT32},
    "dropout/in_place": {"4_batchnorm": ARGUMENTS},
    "dropout/of_2018": {"4_batchnorm": FLOAT32},
    "dropout/where": {"4_batchnorm": FLOAT32},
    "fc_net/deep_of_2016": {"4_batchnorm": USE_BATCHNORM},
    "layers/affine_bias_as_row": {"4_batchnorm": ROWS},
    "normalization/batchnorm_double_work": {"4_batchnorm": FLOAT32},
    "normalization/batchnorm_grads_as_rows": {"4_batchnorm": ROWS},
    "normalization/batchnorm_in_place": {"4_batchnorm": ARGUMENTS},
    "normalization/batchnorm_step_by_step": {"4_batchnorm": FLOAT32},
    "normalization/group_norm_loops": {"4_batchnorm": FLOAT32},
    "normalization/layernorm_on_batchnorm": {"4_batchnorm": FLOAT32},
    "normalization/layernorm_sets_mode": {"4_batchnorm": ROWS},
    "normalization/spatial_grads_as_rows": {"4_batchnorm": ROWS},
}
