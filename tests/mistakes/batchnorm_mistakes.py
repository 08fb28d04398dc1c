"""Wrong answers to the fourth notebook, and right ones written differently."""

# A mistake is a row of a table, long or short.
# ruff: noqa: E501

from course.authoring.tables import mistakes

NOTEBOOK = "4_batchnorm"

KAIMING, XAVIER, TRAIN, RUNNING, TEST, GRAPH, ALT, LAYER, LAYER_BACK, FC = range(1, 11)
SPATIAL, SPATIAL_BACK, GROUP, GROUP_BACK, DROP, DROP_TEST, FC_DROP = range(11, 18)
FIRST, DEEP, OVERFIT, RECIPE, SINGLE, IN_PLACE = range(18, 24)
"""The checks, by what they are about."""

SHAPE = "return (Dout, Din, K, K), Din * K * K, Dout * K * K"
STD = "std = np.sqrt((2 if relu else 1) / fan_in)"
DRAW = "(std * rng.standard_normal(shape)).astype(dtype)"
BOUND = "a = np.sqrt(6 / (fan_in + fan_out))"
SPREAD = "return rng.uniform(-a, a, shape).astype(dtype)"

INITIALIZERS = mistakes(
    "initializers.py",
    ("kaiming: the variance taken for the std", STD, STD.replace("np.sqrt", ""), {KAIMING}, "root"),
    ("kaiming: the root of the gain alone", STD, "std = np.sqrt(2 if relu else 1) / fan_in", {KAIMING}, "root-of-part"),
    ("kaiming: fan_out", STD, STD.replace("/ fan_in", "/ fans(Din, Dout, K)[2]"), {KAIMING}, "fan-out"),
    ("kaiming: gain 2, ReLU or not", STD, "std = np.sqrt(2 / fan_in)", {KAIMING}, "gain"),
    ("kaiming: gain 1, ReLU or not", STD, "std = np.sqrt(1 / fan_in)", {KAIMING}, "gain"),
    ("kaiming: the gains are exchanged", STD, STD.replace("2 if relu else 1", "1 if relu else 2"), {KAIMING}, "gain"),
    ("kaiming: the gain is not under the root", STD, "std = (2 if relu else 1) / np.sqrt(fan_in)", {KAIMING}, "root-of-part"),
    ("kaiming: fan_in without the window", STD, STD.replace("/ fan_in", "/ Din"), {KAIMING}, "window"),
    ("kaiming: fan_in with one side of the window", STD, STD.replace("/ fan_in", "/ (Din * (K or 1))"), {KAIMING}, "one-side"),
    ("kaiming: evenly spread up to the std", DRAW, "rng.uniform(-std, std, shape).astype(dtype)", {KAIMING}, "third"),
    ("kaiming: evenly spread", DRAW, "rng.uniform(-std * 3**0.5, std * 3**0.5, shape).astype(dtype)", {KAIMING}, "not-normal"),
    ("kaiming: all positive", DRAW, DRAW.replace("rng.standard_normal(shape)", "np.abs(rng.standard_normal(shape))"), {KAIMING}, "one-sided"),
    ("kaiming: divided by the std", DRAW, "(rng.standard_normal(shape) / std).astype(dtype)", {KAIMING}, "inverse"),
    ("kaiming: the std where normal takes the mean", DRAW, "rng.normal(std, shape).astype(dtype)", {KAIMING}, "mean"),
    ("kaiming: one number is drawn", DRAW, "rng.normal(0, std).astype(dtype)", {KAIMING}, "raised"),
    ("kaiming: a generator is asked for randn", DRAW, "(std * rng.randn(*shape)).astype(dtype)", {KAIMING}, "raised"),
    ("kaiming: the shape as two arguments", DRAW, "(std * rng.standard_normal(*shape)).astype(dtype)", {KAIMING}, "raised"),
    ("kaiming: rand for randn", DRAW, DRAW.replace("standard_normal", "random"), {KAIMING}, "one-sided"),
    ("kaiming: the std of the first size for all", STD, "std = 0.01", {KAIMING}, "variance"),
    ("kaiming: filters are shaped (Din, Dout, K, K)", SHAPE, "return (Din, Dout, K, K), Din * K * K, Dout * K * K", {KAIMING, XAVIER}, "shape"),
    ("kaiming: filters are shaped (K, K, Din, Dout)", SHAPE, SHAPE.replace("(Dout, Din, K, K)", "(K, K, Din, Dout)"), {KAIMING, XAVIER}, "shape"),
    ("kaiming: fans returns the shape last", SHAPE, "return Din * K * K, Dout * K * K, (Dout, Din, K, K)", {KAIMING, XAVIER}, "fans-order"),
    ("kaiming: fan_in and fan_out of filters exchanged", SHAPE, "return (Dout, Din, K, K), Dout * K * K, Din * K * K", {KAIMING}, "fan-out"),
    ("kaiming: the dtype is ignored", DRAW, DRAW.replace(".astype(dtype)", ""), {KAIMING}, "dtype"),
    ("kaiming: rng is ignored", DRAW, DRAW.replace("rng.standard", "np.random.default_rng().standard"), {KAIMING}, "rng"),
    ("kaiming: nothing is returned", f"return {DRAW}", DRAW, {KAIMING}, "returned-none"),
    ("kaiming: the mean of both fans", STD, STD.replace("/ fan_in", "/ (sum(fans(Din, Dout, K)[1:]) / 2)"), {KAIMING}, "variance"),
    ("xavier: half the variance", BOUND, BOUND.replace("6", "3"), {XAVIER}, "half"),
    ("xavier: the root of the variance as the bound", BOUND, BOUND.replace("6", "2"), {XAVIER}, "third"),
    ("xavier: no root", BOUND, "a = 6 / (fan_in + fan_out)", {XAVIER}, "root"),
    ("xavier: fan_out without the window", BOUND, "a = np.sqrt(6 / (fan_in + Dout))", {XAVIER}, "fan-out"),
    ("xavier: fan_in alone", BOUND, "a = np.sqrt(3 / fan_in)", {XAVIER}, "fan-in"),
    ("xavier: the root of 6 alone", BOUND, "a = np.sqrt(6) / (fan_in + fan_out)", {XAVIER}, "root-of-part"),
    ("xavier: no window", BOUND, "a = np.sqrt(6 / (Din + Dout))", {XAVIER}, "window"),
    ("xavier: normal", SPREAD, "return (a / 3**0.5 * rng.standard_normal(shape)).astype(dtype)", {XAVIER}, "tails"),
    ("xavier: 0 to a", SPREAD, "return rng.uniform(0, a, shape).astype(dtype)", {XAVIER}, "one-sided"),
    ("xavier: random times a", SPREAD, "return (rng.random(shape) * a).astype(dtype)", {XAVIER}, "one-sided"),
    ("xavier: the dtype is ignored", SPREAD, "return rng.uniform(-a, a, shape)", {XAVIER}, "dtype"),
    ("xavier: nothing is returned", SPREAD, SPREAD.replace("return ", ""), {XAVIER}, "returned-none"),
)  # fmt: skip

STATISTICS = "mean, var = x.mean(axis=0), x.var(axis=0)"
RUN_MEAN = 'bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean'
RUN_VAR = 'bn_param["running_var"] = momentum * running_var + (1 - momentum) * var'
RUNNING_VAR = 'bn_param.get("running_var", np.zeros(x.shape[1], x.dtype))'
ROOT = "std = np.sqrt(var + eps)"
HAT = "x_hat = (x - mean) / std"
SCALED = f"{HAT}\n    return gamma * x_hat + beta, (x_hat, std, gamma)"
AT_TEST = "x_hat = (x - running_mean) / np.sqrt(running_var + eps)"
SCALED_AT_TEST = "return gamma * x_hat + beta, None"


def scaled(out):
    """Return SCALED with another output; the cache stays right."""
    return SCALED.replace("gamma * x_hat + beta", out)


FORWARD = mistakes(
    "normalization.py",
    ("divides by the variance", ROOT, "std = var + eps", {TRAIN}, "var-for-std"),
    ("eps outside the root", ROOT, "std = np.sqrt(var) + eps", {TRAIN}, "eps-outside-root"),
    ("eps forgotten", ROOT, "std = np.sqrt(var)", {TRAIN}, "no-eps"),
    ("eps is written in", ROOT, "std = np.sqrt(var + 1e-5)", {TRAIN}, "eps-fixed"),
    ("eps squared", ROOT, "std = np.sqrt(var + eps**2)", {TRAIN}, "std-not-1"),
    ("unbiased variance for the batch", ROOT, "std = np.sqrt(var * len(x) / (len(x) - 1) + eps)", {TRAIN}, "unbiased"),
    ("unbiased variance everywhere", STATISTICS, STATISTICS.replace("var(axis=0", "var(axis=0, ddof=1"), {TRAIN, RUNNING}, "unbiased"),
    ("the variance is the mean of the squares", STATISTICS, "mean, var = x.mean(axis=0), (x**2).mean(axis=0)", {TRAIN, RUNNING}, "mean-square"),
    ("the variance is a sum", STATISTICS, f"{STATISTICS} * len(x)", {TRAIN, RUNNING}, "variance-summed"),
    ("the variance is a mean distance", STATISTICS, "mean = x.mean(axis=0)\n    var = np.abs(x - mean).mean(axis=0)", {TRAIN, RUNNING}, "mean-distance"),
    ("one variance for all", STATISTICS, "mean, var = x.mean(axis=0), x.var() + 0 * x[0]", {TRAIN, RUNNING}, "one-variance"),
    ("the std for the variance", STATISTICS, STATISTICS.replace("var(", "std("), {TRAIN, RUNNING}, "root-twice"),
    ("one mean and variance for all", STATISTICS, "mean, var = x.mean(), x.var()", {TRAIN, RUNNING}, "all-together"),
    ("statistics of each example", SCALED, scaled("gamma * (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.var(axis=1, keepdims=True) + eps) + beta"), {TRAIN}, "other-axis"),
    ("the mean along the wrong axis", STATISTICS, STATISTICS.replace("mean(axis=0", "mean(axis=1"), {TRAIN, RUNNING}, "raised"),
    ("not centred", SCALED, scaled("gamma * x / std + beta"), {TRAIN}, "not-centred"),
    ("the mean is added", SCALED, scaled("gamma * (x + mean) / std + beta"), {TRAIN}, "mean-not-0"),
    ("the sign is wrong", SCALED, scaled("gamma * (mean - x) / std + beta"), {TRAIN}, "turned-round"),
    ("multiplied by the std", SCALED, scaled("gamma * (x - mean) * std + beta"), {TRAIN}, "std-not-1"),
    ("the mean is subtracted after dividing", SCALED, scaled("gamma * (x / std - mean) + beta"), {TRAIN}, "mean-not-0"),
    ("centred by the running mean", SCALED, scaled("gamma * (x - running_mean) / std + beta"), {TRAIN}, "not-centred"),
    ("running statistics in training", SCALED, scaled('gamma * (x - bn_param["running_mean"]) / np.sqrt(bn_param["running_var"] + eps) + beta'), {TRAIN}, "mean-not-0"),
    ("no scale and shift", SCALED, scaled("(x - mean) / std"), {TRAIN}, "no-scale-and-shift"),
    ("no shift", SCALED, scaled("gamma * x_hat"), {TRAIN}, "no-shift"),
    ("the shift is subtracted", SCALED, scaled("gamma * x_hat - beta"), {TRAIN}, "mean-not-0"),
    ("no scale", SCALED, scaled("x_hat + beta"), {TRAIN}, "no-scale"),
    ("the shift is scaled, too", SCALED, scaled("gamma * ((x - mean) / std + beta)"), {TRAIN}, "shift-scaled"),
    ("gamma and beta exchanged", SCALED, scaled("beta * (x - mean) / std + gamma"), {TRAIN}, "gamma-for-beta"),
    ("x is centred in place", SCALED, SCALED.replace("return", "x -= mean\n    return"), {IN_PLACE}, "in-place"),
    ("out is float64", SCALED, scaled("(gamma * x_hat + beta).astype(float)"), {SINGLE}, "dtype"),
    ("the forward returns None", SCALED, SCALED.replace("return ", ""), {TRAIN}, "returned-none"),
    ("the std in the cache lacks eps", SCALED, SCALED.replace("(x_hat, std,", "(x_hat, np.sqrt(var),"), {GRAPH, ALT}, "no-eps"),
    ("the variance is in the cache for the std", SCALED, SCALED.replace("(x_hat, std,", "(x_hat, var + eps,"), {GRAPH, ALT}, "var-for-std"),
    ("the cache is forgotten", SCALED, SCALED.replace(", (x_hat, std, gamma)", ""), {TRAIN}, "returned-count"),
    ("the statistics are those of the first example's neighbours", STATISTICS, "mean, var = x[1:].mean(axis=0), x[1:].var(axis=0)", {TRAIN, RUNNING}, "mean-not-0"),
    ("momentum swapped in the mean", RUN_MEAN, 'bn_param["running_mean"] = (1 - momentum) * running_mean + momentum * mean', {RUNNING}, "swapped"),
    ("momentum swapped in the variance", RUN_VAR, 'bn_param["running_var"] = (1 - momentum) * running_var + momentum * var', {RUNNING}, "swapped"),
    ("momentum is written in", RUN_MEAN, 'bn_param["running_mean"] = 0.9 * running_mean + 0.1 * mean', {RUNNING}, "momentum-fixed"),
    ("momentum is written in, in the variance", RUN_VAR, 'bn_param["running_var"] = 0.9 * running_var + 0.1 * var', {RUNNING}, "momentum-fixed"),
    ("the default momentum is 0.1", 'bn_param.get("momentum", 0.9)', 'bn_param.get("momentum", 0.1)', {RUNNING}, "swapped"),
    ("eps is written in as 1e-8", ROOT, "std = np.sqrt(var + 1e-8)", {TRAIN}, "other-eps"),
    ("the default eps is 1e-8", 'bn_param.get("eps", 1e-5), bn', 'bn_param.get("eps", 1e-8), bn', {TRAIN}, "other-eps"),
    ("the running mean is not kept", RUN_MEAN, "running_mean = momentum * running_mean + (1 - momentum) * mean", {RUNNING}, "not-kept"),
    ("the running variance is not kept", RUN_VAR, "running_var = momentum * running_var + (1 - momentum) * var", {RUNNING}, "not-kept"),
    ("the running mean is the latest", RUN_MEAN, 'bn_param["running_mean"] = mean', {RUNNING}, "latest-batch"),
    ("the running variance is the latest", RUN_VAR, 'bn_param["running_var"] = var', {RUNNING}, "latest-batch"),
    ("the running mean begins anew each time", RUN_MEAN, 'bn_param["running_mean"] = (1 - momentum) * mean', {RUNNING}, "begins-anew"),
    ("the running variance begins anew each time", RUN_VAR, 'bn_param["running_var"] = (1 - momentum) * var', {RUNNING}, "begins-anew"),
    ("the running mean is a sum", RUN_MEAN, 'bn_param["running_mean"] = running_mean + mean', {RUNNING}, "summed"),
    ("a running std", RUN_VAR, 'bn_param["running_var"] = momentum * running_var + (1 - momentum) * np.sqrt(var)', {RUNNING}, "std-kept"),
    ("the running variance goes on from the running mean", RUN_VAR, RUN_VAR.replace("* running_var", "* running_mean"), {RUNNING}, "other-statistic"),
    ("the running variance goes on from the new running mean", RUN_VAR, RUN_VAR.replace("* running_var", '* bn_param["running_mean"]'), {RUNNING}, "other-statistic"),
    ("the running variance runs over means", RUN_VAR, RUN_VAR.replace("* var", "* mean"), {RUNNING}, "other-statistic"),
    ("the running mean runs over variances", RUN_MEAN, RUN_MEAN.replace("* mean", "* var"), {RUNNING}, "other-statistic"),
    ("the running mean goes on from the running variance", RUN_MEAN, RUN_MEAN.replace("* running_mean", "* running_var"), {RUNNING}, "other-statistic"),
    ("a running std, with eps", RUN_VAR, 'bn_param["running_var"] = momentum * running_var + (1 - momentum) * np.sqrt(var + eps)', {RUNNING}, "std-kept"),
    ("the running variance begins at 1, as PyTorch's", RUNNING_VAR, RUNNING_VAR.replace("zeros", "ones"), {RUNNING}, "starts-at-1"),
    ("eps in the running variance", RUN_VAR, RUN_VAR.replace("* var", "* (var + eps)"), {RUNNING}, "eps-kept"),
    ("unbiased running variance, as PyTorch", RUN_VAR, RUN_VAR.replace("* var", "* x.var(axis=0, ddof=1)"), {RUNNING}, "unbiased"),
    ("no 1 - momentum", RUN_MEAN, RUN_MEAN.replace("(1 - momentum) * ", ""), {RUNNING}, "factor"),
    ("running statistics over all features", RUN_MEAN, RUN_MEAN.replace("* mean", "* x.mean()"), {RUNNING}, "one-number"),
    ("running statistics under other names", RUN_MEAN, RUN_MEAN.replace('"running_mean"', '"mean"'), {RUNNING}, "not-kept"),
    ("the first batch counts in full", RUN_MEAN, f'{RUN_MEAN}\n    bn_param["running_mean"] = bn_param["running_mean"] if running_mean.any() else mean', {RUNNING}, "first-in-full"),
    ("at test: the batch's own statistics", AT_TEST, "x_hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)", {TEST}, "batch-statistics"),
    ("at test: the batch's own mean", AT_TEST, AT_TEST.replace("x - running_mean", "x - x.mean(axis=0)"), {TEST}, "batch-mean"),
    ("at test: the running variance divides", AT_TEST, "x_hat = (x - running_mean) / (running_var + eps)", {TEST}, "var-for-std"),
    ("at test: the running variance divides, without eps", AT_TEST, "x_hat = (x - running_mean) / running_var", {TEST}, "var-for-std"),
    ("at test: no eps", AT_TEST, AT_TEST.replace(" + eps", ""), {TEST}, "no-eps"),
    ("at test: eps outside the root", AT_TEST, AT_TEST.replace("np.sqrt(running_var + eps)", "(np.sqrt(running_var) + eps)"), {TEST}, "eps-outside-root"),
    ("at test: the running variance taken for a std", AT_TEST, AT_TEST.replace("np.sqrt(running_var + eps)", "np.sqrt(running_var**2 + eps)"), {TEST}, "squared-variance"),
    ("at test: the root of the root", AT_TEST, AT_TEST.replace("running_var + eps", "np.sqrt(running_var) + eps"), {TEST}, "root-twice"),
    ("at test: not centred", AT_TEST, "x_hat = x / np.sqrt(running_var + eps)", {TEST}, "not-centred"),
    ("at test: the sign is wrong", AT_TEST, AT_TEST.replace("x - running_mean", "running_mean - x"), {TEST}, "turned-round"),
    ("at test: eps is written in", AT_TEST, AT_TEST.replace("+ eps", "+ 1e-5"), {TEST}, "eps-fixed"),
    ("at test: the mean is moved first", AT_TEST, f"running_mean = momentum * running_mean + (1 - momentum) * x.mean(axis=0)\n        {AT_TEST}", {TEST}, "batch-takes-part"),
    ("at test: the batch's own variance", AT_TEST, AT_TEST.replace("running_var", "x.var(axis=0)"), {TEST}, "batch-takes-part"),
    ("at test: gamma scales beta", SCALED_AT_TEST, "return gamma * (x_hat + beta), None", {TEST}, "shift-scaled"),
    ("at test: gamma and beta exchanged", SCALED_AT_TEST, "return beta * x_hat + gamma, None", {TEST}, "gamma-for-beta"),
    ("at test: no scale and shift", SCALED_AT_TEST, "return x_hat, None", {TEST}, "no-scale-and-shift"),
    ("at test: no shift", SCALED_AT_TEST, "return gamma * x_hat, None", {TEST}, "no-shift"),
    ("at test: no scale", SCALED_AT_TEST, "return x_hat + beta, None", {TEST}, "no-scale"),
    ("at test: x as it is", SCALED_AT_TEST, "return x, None", {TEST}, "x-itself"),
    ("at test: statistics go on", AT_TEST, f'{AT_TEST}\n        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * x.mean(axis=0)', {TEST}, "changed"),
    ("at test: the variance goes on", AT_TEST, f'{AT_TEST}\n        bn_param["running_var"] = momentum * running_var + (1 - momentum) * x.var(axis=0)', {TEST}, "changed"),
    ("at test: statistics are made anew", AT_TEST, f'bn_param["running_mean"] = running_mean = x.mean(axis=0)\n        {AT_TEST}', {TEST}, "batch-mean"),
    ("at test: statistics are rounded", AT_TEST, f'bn_param["running_var"] = np.float32(running_var)\n        {AT_TEST}', {TEST}, "changed"),
    ("at test: the mode is changed", AT_TEST, f'{AT_TEST}\n        bn_param["mode"] = "train"', {TEST}, "changed"),
    ("at test: eps is added to the running variance in place", AT_TEST, "running_var += eps\n        x_hat = (x - running_mean) / np.sqrt(running_var)", {TEST}, "changed"),
    ("at test: nothing is returned", SCALED_AT_TEST, "return None", {TEST}, "returned-none"),
    ("at test: only out is returned", SCALED_AT_TEST, "return gamma * x_hat + beta", {TEST}, "returned-count"),
    ("train and test exchanged", "if not is_training(bn_param):", "if is_training(bn_param):", {TRAIN, RUNNING, TEST}, "mean-not-0"),
)  # fmt: skip

DGAMMA = "dgamma = (dout * x_hat).sum(axis=0)"
DBETA = f"dbeta = dout.sum(axis=0)\n    {DGAMMA}\n"
DX_HAT = "dx_hat = dout * gamma\n    # x_hat"
DCENTRED = "dcentred = dx_hat / std\n"
DSTD = "dstd = -(dx_hat * centred).sum(axis=0) / std**2"
DVAR = "dvar = dstd / (2 * std)"
BY_VAR = "dcentred += dvar * 2 / N * centred"
DMEAN = "dmean = -dcentred.sum(axis=0)"
DX = "dx = dcentred + dmean / N\n    return dx, dgamma, dbeta"
N = "N, centred = len(dout), x_hat * std"

BACKWARD = mistakes(
    "normalization.py",
    ("the mean's branch is forgotten", DX, DX.replace(" + dmean / N", ""), {GRAPH}, "missing-term"),
    ("the mean's branch has the wrong sign", DMEAN, DMEAN.replace("-", ""), {GRAPH}, "sign-term"),
    ("the mean's branch is not divided by N", DX, DX.replace(" / N", ""), {GRAPH}, "term-times-N"),
    ("the variance's branch is forgotten", BY_VAR, "pass", {GRAPH}, "missing-term"),
    ("the variance's branch is not divided by N", BY_VAR, BY_VAR.replace(" / N", ""), {GRAPH}, "term-times-N"),
    ("the variance's branch takes the place of the other", BY_VAR, BY_VAR.replace("+=", "="), {GRAPH}, "variance-alone"),
    ("the variance's branch lacks its 2", BY_VAR, BY_VAR.replace("* 2 ", ""), {GRAPH}, "half-term"),
    ("the variance's branch lacks its half", DVAR, "dvar = dstd / std", {GRAPH}, "extra-term"),
    ("the variance's branch has the wrong sign", DSTD, DSTD.replace("-(", "("), {GRAPH}, "sign-term"),
    ("the variance's branch is divided by std once less", DSTD, DSTD.replace("std**2", "std"), {GRAPH}, "wrong-part"),
    ("the variance's branch is divided by std once more", DSTD, DSTD.replace("std**2", "std**3"), {GRAPH}, "wrong-part"),
    ("the root is not differentiated", DVAR, "dvar = dstd / 2", {GRAPH}, "wrong-part"),
    ("the variance's branch by x_hat, not centred", BY_VAR, BY_VAR.replace("* centred", "* x_hat"), {GRAPH}, "wrong-part"),
    ("the variance's sum is over everything", DSTD, DSTD.replace("sum(axis=0)", "sum()"), {GRAPH}, "wrong-part"),
    ("the mean's sum is over everything", DMEAN, DMEAN.replace("sum(axis=0)", "sum()"), {GRAPH}, "wrong-part"),
    ("N is the number of features", N, N.replace("len(dout)", "dout.shape[1]"), {GRAPH}, "other-count"),
    ("N is written in", N, N.replace("len(dout)", "100"), {GRAPH}, "wrong-parts"),
    ("N is the number of all", N, N.replace("len(dout)", "dout.size"), {GRAPH}, "wrong-parts"),
    ("gamma is forgotten", DX_HAT, DX_HAT.replace(" * gamma", ""), {GRAPH}, "no-gamma"),
    ("gamma counts twice", DX_HAT, DX_HAT.replace("gamma", "gamma * gamma"), {GRAPH}, "extra-factor"),
    ("dx_hat is divided by gamma", DX_HAT, DX_HAT.replace("* gamma", "/ gamma"), {GRAPH}, "gamma-divides"),
    ("dcentred is divided by the variance", DCENTRED, "dcentred = dx_hat / std**2\n", {GRAPH}, "straight-std"),
    ("dstd is not summed", DSTD, DSTD.replace(".sum(axis=0)", ""), {GRAPH}, "not-summed"),
    ("dmean is not summed", DMEAN, "dmean = -dcentred", {GRAPH}, "not-summed"),
    ("dx is not divided by std", DCENTRED, "dcentred = dx_hat.copy()\n", {GRAPH}, "straight-std"),
    ("dx is multiplied by std", DCENTRED, "dcentred = dx_hat * std\n", {GRAPH}, "straight-std"),
    ("dx is only dx_hat / std", DX, "dx = dx_hat / std\n    return dx, dgamma, dbeta", {GRAPH}, "straight-alone"),
    ("dx has the wrong sign", DX, DX.replace("return dx", "return -dx"), {GRAPH}, "sign"),
    ("dx is transposed", DX, DX.replace("return dx", "return dx.T"), {GRAPH}, "shape"),
    ("dx is doubled", DX, DX.replace("return dx", "return 2 * dx"), {GRAPH}, "times-2"),
    ("dx is divided by N", DX, DX.replace("return dx", "return dx / N"), {GRAPH}, "over-N"),
    ("dgamma by x", DGAMMA, DGAMMA.replace("x_hat", "(centred + 1)"), {GRAPH}, None),
    ("dgamma by centred x", DGAMMA, DGAMMA.replace("x_hat", "centred"), {GRAPH}, "centred-for-x-hat"),
    ("dgamma is a mean", DGAMMA, f"{DGAMMA} / N", {GRAPH}, "over-N"),
    ("dgamma without x_hat", DGAMMA, "dgamma = dout.sum(axis=0)", {GRAPH}, "no-x-hat"),
    ("dgamma is not summed", DGAMMA, "dgamma = dout * x_hat", {GRAPH}, "shape"),
    ("dgamma is summed over all", DGAMMA, DGAMMA.replace("sum(axis=0)", "sum()"), {GRAPH}, "shape"),
    ("dbeta is a mean", DBETA, DBETA.replace("dout.sum", "dout.mean"), {GRAPH}, "over-N"),
    ("dbeta is over the features", DBETA, DBETA.replace("dout.sum(axis=0)", "dout.sum(axis=1)"), {GRAPH}, "shape"),
    ("dbeta by gamma", DBETA, DBETA.replace("dout.sum(axis=0)", "(dout * gamma).sum(axis=0)"), {GRAPH}, "dout-scaled"),
    ("dout is overwritten before dgamma is summed", f"{DGAMMA}\n    dx_hat = dout * gamma\n", f"dout *= gamma\n    {DGAMMA}\n    dx_hat = dout\n", {GRAPH}, "dout-scaled"),
    ("dgamma and dbeta exchanged", DX, DX.replace("dgamma, dbeta", "dbeta, dgamma"), {GRAPH}, "grads-exchanged"),
    ("dbeta is not returned", DX, DX.replace(", dbeta", ""), {GRAPH}, "returned-count"),
    ("nothing is returned", DX, DX.replace("return ", ""), {GRAPH}, "returned-none"),
    ("dout is changed", DX_HAT, "dout *= 1\n    dx_hat = dout * gamma\n    # x_hat", {IN_PLACE}, "in-place"),
    ("gradients are float64", DX_HAT, "dx_hat = dout * gamma.astype(float)\n    # x_hat", {SINGLE}, "dtype"),
)  # fmt: skip

SUMS = "dbeta, dgamma = dout.sum(axis=0), (dout * x_hat).sum(axis=0)"
LINE = "dx = gamma / std * (dout - (dbeta + x_hat * dgamma) / len(dout))"

IN_A_LINE = mistakes(
    "normalization.py",
    ("alt: gamma is forgotten", LINE, LINE.replace("gamma / std", "1 / std"), {ALT}, "no-gamma"),
    ("alt: the sign of the variance's part", LINE, LINE.replace("dbeta + x_hat", "dbeta - x_hat"), {ALT}, "sign-term"),
    ("alt: the sign of the mean's part", LINE, LINE.replace("(dbeta + x_hat * dgamma)", "(x_hat * dgamma - dbeta)"), {ALT}, "sign-term"),
    ("alt: the mean's part is forgotten", LINE, LINE.replace("dbeta + ", ""), {ALT}, "missing-term"),
    ("alt: the variance's part is forgotten", LINE, LINE.replace(" + x_hat * dgamma", ""), {ALT}, "missing-term"),
    ("alt: x_hat is forgotten", LINE, LINE.replace("x_hat * dgamma", "dgamma"), {ALT}, "no-hat"),
    ("alt: the parentheses are missing", LINE, "dx = gamma / std * dout - (dbeta + x_hat * dgamma) / len(dout)", {ALT}, "parentheses"),
    ("alt: the two sums are exchanged", LINE, LINE.replace("dbeta + x_hat * dgamma", "dgamma + x_hat * dbeta"), {ALT}, "sums-exchanged"),
    ("alt: x_hat beside both sums", LINE, LINE.replace("dbeta + x_hat * dgamma", "x_hat * (dbeta + dgamma)"), {ALT}, "x-hat-for-both"),
    ("alt: N is written in", LINE, LINE.replace("len(dout)", "100"), {ALT}, "wrong-parts"),
    ("alt: N is the number of features", LINE, LINE.replace("len(dout)", "dout.shape[1]"), {ALT}, "other-count"),
    ("alt: both means over the features", LINE, "dx = gamma / std * (dout - dout.mean(axis=1, keepdims=True) - x_hat * (dout * x_hat).mean(axis=1, keepdims=True))", {ALT}, "means-other-axis"),
    ("alt: the mean's part over the features", LINE, "dx = gamma / std * (dout - dout.mean(axis=1, keepdims=True) - x_hat * (dout * x_hat).mean(axis=0))", {ALT}, "means-other-axis"),
    ("alt: the variance's part over the features", LINE, "dx = gamma / std * (dout - dout.mean(axis=0) - x_hat * (dout * x_hat).mean(axis=1, keepdims=True))", {ALT}, "means-other-axis"),
    ("alt: both sums over the features, divided by N", LINE, "dx = gamma / std * (dout - dout.sum(axis=1, keepdims=True) / len(dout) - x_hat * (dout * x_hat).sum(axis=1, keepdims=True) / len(dout))", {ALT}, "means-other-axis"),
    ("alt: both means over the features, gamma within", LINE, "dh = dout * gamma\n    dx = (dh - dh.mean(axis=1, keepdims=True) - x_hat * (dh * x_hat).mean(axis=1, keepdims=True)) / std", {ALT}, "means-other-axis"),
    ("alt: the sums are not divided by N", LINE, LINE.replace(" / len(dout)", ""), {ALT}, "sums"),
    ("alt: all is divided by N", LINE, f"{LINE} / len(dout)", {ALT}, "over-N"),
    ("alt: N times too large", LINE, LINE.replace("(dout -", "(len(dout) * dout -").replace(" / len(dout)", ""), {ALT}, "times-N"),
    ("alt: not divided by std", LINE, LINE.replace("gamma / std", "gamma"), {ALT}, "extra-factor"),
    ("alt: multiplied by std", LINE, LINE.replace("gamma / std", "gamma * std"), {ALT}, None),
    ("alt: divided by the variance", LINE, LINE.replace("gamma / std", "gamma / std**2"), {ALT}, "var-for-std"),
    ("alt: the sums run over everything", LINE, LINE.replace("dbeta +", "dout.sum() +"), {ALT}, "wrong-part"),
    ("alt: dgamma is a mean", SUMS, f"{SUMS} / len(dout)", {ALT}, "term-over-N"),
    ("alt: dx is only gamma dout / std", LINE, "dx = gamma / std * dout", {ALT}, "straight-alone"),
)  # fmt: skip

ROW_STD = "std = np.sqrt(x.var(axis=1, keepdims=True) + eps)"
ROW_HAT = "x_hat = (x - x.mean(axis=1, keepdims=True)) / std"
ROW_SCALED = f"{ROW_HAT}\n    return gamma * x_hat + beta, (x_hat, std, gamma)"
ROW_EPS = 'eps = ln_param.get("eps", 1e-5)'
ROW_ALONG = "along = x_hat * (dx_hat * x_hat).mean(axis=1, keepdims=True)"
ROW_DX = "dx = (dx_hat - dx_hat.mean(axis=1, keepdims=True) - along) / std"
ROW_DX_HAT = "dx_hat = dout * gamma\n    along"
ROW_RETURN = "return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)"

LAYERNORM = mistakes(
    "normalization.py",
    ("layer norm: the variance over the batch", ROW_STD, ROW_STD.replace("axis=1", "axis=0"), {LAYER}, "mixed-axes"),
    ("layer norm: the mean over the batch", ROW_HAT, ROW_HAT.replace("axis=1", "axis=0"), {LAYER}, "mixed-axes"),
    ("layer norm: over the batch", f"{ROW_STD}\n    {ROW_HAT}", f"{ROW_STD}\n    {ROW_HAT}".replace("axis=1", "axis=0"), {LAYER}, "other-axis"),
    ("layer norm: one mean and variance for all", f"{ROW_STD}\n    {ROW_HAT}", "std = np.sqrt(x.var() + eps)\n    x_hat = (x - x.mean()) / std", {LAYER}, "all-together"),
    ("layer norm: divides by the variance", ROW_STD, "std = x.var(axis=1, keepdims=True) + eps", {LAYER}, "var-for-std"),
    ("layer norm: eps outside the root", ROW_STD, "std = x.std(axis=1, keepdims=True) + eps", {LAYER}, "eps-outside-root"),
    ("layer norm: no eps", ROW_STD, ROW_STD.replace(" + eps", ""), {LAYER}, "no-eps"),
    ("layer norm: eps is written in", ROW_EPS, "eps = 1e-5", {LAYER}, "eps-fixed"),
    ("layer norm: unbiased", ROW_STD, ROW_STD.replace("keepdims=True", "keepdims=True, ddof=1"), {LAYER}, "unbiased"),
    ("layer norm: no scale and shift", ROW_SCALED, ROW_SCALED.replace("gamma * x_hat + beta", "x_hat"), {LAYER}, "no-scale-and-shift"),
    ("layer norm: no shift", ROW_SCALED, ROW_SCALED.replace(" + beta", ""), {LAYER}, "no-shift"),
    ("layer norm: axis 1 without keepdims", ROW_STD, ROW_STD.replace(", keepdims=True", ""), {LAYER}, "raised"),
    ("layer norm: x is changed", ROW_HAT, f"x *= 1\n    {ROW_HAT}", {IN_PLACE}, "in-place"),
    ("layer norm: nothing is returned", ROW_SCALED, ROW_SCALED.replace("return ", ""), {LAYER}, "returned-none"),
    ("layer norm: out is float64", ROW_SCALED, ROW_SCALED.replace("gamma * x_hat + beta", "(gamma * x_hat + beta).astype(float)"), {SINGLE}, "dtype"),
    ("layer norm: the mean's part over the batch", ROW_DX, ROW_DX.replace("axis=1", "axis=0"), {LAYER_BACK}, "means-other-axis"),
    ("layer norm: the variance's part over the batch", ROW_ALONG, ROW_ALONG.replace("axis=1", "axis=0"), {LAYER_BACK}, "means-other-axis"),
    ("layer norm: both parts over the batch", f"{ROW_ALONG}\n    {ROW_DX}", f"{ROW_ALONG}\n    {ROW_DX}".replace("axis=1", "axis=0"), {LAYER_BACK}, "means-other-axis"),
    ("layer norm: batch norm's line, copied", ROW_DX, "dx = gamma / std * (dout - (dout.sum(axis=0) + x_hat * (dout * x_hat).sum(axis=0)) / len(dout))", {LAYER_BACK}, "means-other-axis"),
    ("layer norm: the mean's part is forgotten", ROW_DX, "dx = (dx_hat - along) / std", {LAYER_BACK}, "missing-term"),
    ("layer norm: the variance's part is forgotten", ROW_DX, ROW_DX.replace(" - along", ""), {LAYER_BACK}, "missing-term"),
    ("layer norm: the variance's part is added", ROW_DX, ROW_DX.replace("- along", "+ along"), {LAYER_BACK}, "sign-term"),
    ("layer norm: sums for means", ROW_DX, ROW_DX.replace("mean", "sum"), {LAYER_BACK}, "term-times-D"),
    ("layer norm: a sum in the variance's part", ROW_ALONG, ROW_ALONG.replace("mean", "sum"), {LAYER_BACK}, "term-times-D"),
    ("layer norm: divided by N, not D", ROW_ALONG, ROW_ALONG.replace(".mean(axis=1, keepdims=True)", ".sum(axis=1, keepdims=True) / len(dout)"), {LAYER_BACK}, "term-over-N-for-D"),
    ("layer norm: both divided by N, not D", f"{ROW_ALONG}\n    {ROW_DX}", f"{ROW_ALONG}\n    {ROW_DX}".replace(".mean(axis=1, keepdims=True)", ".sum(axis=1, keepdims=True) / len(dout)"), {LAYER_BACK}, "other-count"),
    ("layer norm: batch norm's line over D", ROW_DX, "dx = gamma / std * (dout - (dout.sum(axis=0) + x_hat * (dout * x_hat).sum(axis=0)) / dout.shape[1])", {LAYER_BACK}, "means-other-axis"),
    ("layer norm: the variance's part has no mean", ROW_ALONG, "along = x_hat * dx_hat * x_hat", {LAYER_BACK}, "no-mean"),
    ("layer norm: not centred", ROW_HAT, "x_hat = x / std", {LAYER}, "not-centred"),
    ("layer norm: gamma scales beta", ROW_SCALED, ROW_SCALED.replace("gamma * x_hat + beta", "gamma * (x_hat + beta)"), {LAYER}, "shift-scaled"),
    ("layer norm: gamma is forgotten", ROW_DX_HAT, "dx_hat = dout\n    along", {LAYER_BACK}, "no-gamma"),
    ("layer norm: gamma at the end, as in batch norm", f"{ROW_DX_HAT.split(chr(10))[0]}\n    {ROW_ALONG}\n    {ROW_DX}", f"dx_hat = dout\n    {ROW_ALONG}\n    {ROW_DX} * gamma", {LAYER_BACK}, "gamma-outside"),
    ("layer norm: not divided by std", ROW_DX, ROW_DX.replace(" / std", ""), {LAYER_BACK}, "extra-factor"),
    ("layer norm: dgamma over the features", ROW_RETURN, ROW_RETURN.replace("x_hat).sum(axis=0)", "x_hat).sum(axis=1)"), {LAYER_BACK}, "shape"),
    ("layer norm: dgamma is a mean", ROW_RETURN, ROW_RETURN.replace("x_hat).sum", "x_hat).mean"), {LAYER_BACK}, "over-N"),
    ("layer norm: dbeta over the features", ROW_RETURN, ROW_RETURN.replace(" dout.sum(axis=0)", " dout.sum(axis=1)"), {LAYER_BACK}, "shape"),
    ("layer norm: dbeta is not returned", ROW_RETURN, "return dx, (dout * x_hat).sum(axis=0)", {LAYER_BACK}, "returned-count"),
)  # fmt: skip

PIXELS = "pixels = x.transpose(0, 2, 3, 1).reshape(-1, C)"
NORMALISED = "out, cache = batchnorm_forward(pixels, gamma, beta, bn_param)"
BACK_IN_PLACE = "return out.reshape(N, H, W, C).transpose(0, 3, 1, 2), cache"
DPIXELS = "pixels = dout.transpose(0, 2, 3, 1).reshape(-1, C)"
SPATIAL_DX = "return dx.reshape(N, H, W, C).transpose(0, 3, 1, 2), dgamma, dbeta"
GRADS = "dx, dgamma, dbeta = batchnorm_backward_alt(pixels, cache)"

SPATIAL_NORM = mistakes(
    "normalization.py",
    ("spatial: reshape without transpose, both ways", f"{PIXELS}\n    {NORMALISED}\n    {BACK_IN_PLACE}", f"pixels = x.reshape(-1, C)\n    {NORMALISED}\n    return out.reshape(x.shape), cache", {SPATIAL}, "not-transposed"),
    ("spatial: reshape without transpose on the way there", PIXELS, "pixels = x.reshape(-1, C)", {SPATIAL}, "std-not-1"),
    ("spatial: reshape without transpose on the way back", BACK_IN_PLACE, "return out.reshape(N, C, H, W), cache", {SPATIAL}, "not-transposed-back"),
    ("spatial: the wrong transpose back", BACK_IN_PLACE, "return out.reshape(N, H, W, C).transpose(0, 3, 2, 1), cache", {SPATIAL}, "shape"),
    ("spatial: (N, H, W, C) comes out", BACK_IN_PLACE, "return out.reshape(N, H, W, C), cache", {SPATIAL}, "shape"),
    ("spatial: rows come out", BACK_IN_PLACE, "return out, cache", {SPATIAL}, "shape"),
    ("spatial: H and W exchanged", f"{PIXELS}\n    {NORMALISED}\n    {BACK_IN_PLACE}", f"pixels = x.transpose(0, 3, 2, 1).reshape(-1, C)\n    {NORMALISED}\n    return out.reshape(N, H, W, C).transpose(0, 3, 1, 2), cache", {SPATIAL}, "laid-out"),
    ("spatial: each pixel by itself", f"{PIXELS}\n    {NORMALISED}\n    {BACK_IN_PLACE}", "rows = x.reshape(N, -1)\n    hat, _ = batchnorm_forward(rows, 1, 0, bn_param)\n    out = gamma[:, None, None] * hat.reshape(x.shape) + beta[:, None, None]\n    return out, (x, gamma)", {SPATIAL}, "each-pixel"),
    ("spatial: each picture by itself", f"{NORMALISED}\n    {BACK_IN_PLACE}", f"{NORMALISED}\n    hat = (x - x.mean((2, 3), keepdims=True)) / np.sqrt(x.var((2, 3), keepdims=True) + bn_param.get('eps', 1e-5))\n    return gamma[:, None, None] * hat + beta[:, None, None], cache", {SPATIAL}, "each-picture"),
    ("spatial: statistics are lost in a copy", NORMALISED, NORMALISED.replace("bn_param", "dict(bn_param)"), {SPATIAL}, "not-kept"),
    ("spatial: always training", NORMALISED, "bn_param['mode'] = 'train'\n    " + NORMALISED, {SPATIAL}, "batch-statistics"),
    ("spatial: settings are forgotten", NORMALISED, NORMALISED.replace("bn_param", "{'mode': bn_param['mode']}"), {SPATIAL}, "eps-fixed"),
    ("spatial: gamma and beta exchanged", NORMALISED, NORMALISED.replace("gamma, beta", "beta, gamma"), {SPATIAL}, "mean-not-0"),
    ("spatial: no gamma and beta", NORMALISED, NORMALISED.replace("gamma, beta", "np.ones(C), np.zeros(C)"), {SPATIAL}, "mean-not-0"),
    ("spatial: layer norm", NORMALISED, "out, cache = layernorm_forward(pixels, gamma, beta, bn_param)", {SPATIAL}, "mean-not-0"),
    ("spatial: nothing is returned", BACK_IN_PLACE, BACK_IN_PLACE.replace("return ", ""), {SPATIAL}, "returned-none"),
    ("spatial: dout is reshaped without transpose", DPIXELS, "pixels = dout.reshape(-1, C)", {SPATIAL_BACK}, "not-transposed"),
    ("spatial: dx is reshaped without transpose", SPATIAL_DX, "return dx.reshape(N, C, H, W), dgamma, dbeta", {SPATIAL_BACK}, "laid-out"),
    ("spatial: both without transpose", f"{DPIXELS}\n    {GRADS}\n    {SPATIAL_DX}", f"pixels = dout.reshape(-1, C)\n    {GRADS}\n    return dx.reshape(dout.shape), dgamma, dbeta", {SPATIAL_BACK}, "not-transposed"),
    ("spatial: dx stays rows", SPATIAL_DX, "return dx, dgamma, dbeta", {SPATIAL_BACK}, "shape"),
    ("spatial: dx stays (N, H, W, C)", SPATIAL_DX, "return dx.reshape(N, H, W, C), dgamma, dbeta", {SPATIAL_BACK}, "shape"),
    ("spatial: dgamma is a mean over the pictures", SPATIAL_DX, SPATIAL_DX.replace("dgamma,", "dgamma / N,"), {SPATIAL_BACK}, "over-N"),
    ("spatial: dgamma is a mean over the pixels", SPATIAL_DX, SPATIAL_DX.replace("dgamma,", "dgamma / (H * W),"), {SPATIAL_BACK}, "factor"),
    ("spatial: dgamma and dbeta exchanged", SPATIAL_DX, SPATIAL_DX.replace("dgamma, dbeta", "dbeta, dgamma"), {SPATIAL_BACK}, "grads-exchanged"),
    ("spatial: dgamma keeps its axes", SPATIAL_DX, SPATIAL_DX.replace("dgamma,", "dgamma.reshape(1, C, 1, 1),"), {SPATIAL_BACK}, "shape"),
    ("spatial: dx is that of one example alone", GRADS, f"{GRADS}\n    dx = dx * 2", {SPATIAL_BACK}, "times-2"),
)  # fmt: skip

GROUPS_OF = "x_hat, cache = layernorm_forward(x.reshape(N * G, -1), 1, 0, gn_param)"
GROUP_SCALED = (
    "x_hat = x_hat.reshape(x.shape)\n    return gamma * x_hat + beta, (x_hat, gamma, G, cache)"
)
GROUP_DGAMMA = "dgamma = (dout * x_hat).sum(axis=(0, 2, 3), keepdims=True)"
GROUP_DBETA = "dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)"
GROUP_ROWS = "rows = (dout * gamma).reshape(len(dout) * G, -1)"
GROUP_DX = "return dx.reshape(dout.shape), dgamma, dbeta"

GROUPNORM = mistakes(
    "normalization.py",
    ("group: G channels in a group", GROUPS_OF, GROUPS_OF.replace("N * G", "N * (C // G)"), {GROUP}, "groups-by-size"),
    ("group: each channel a group", GROUPS_OF, GROUPS_OF.replace("N * G", "N * C"), {GROUP}, "each-channel"),
    ("group: one group", GROUPS_OF, GROUPS_OF.replace("N * G", "N"), {GROUP}, "one-group"),
    ("group: rows for one picture alone", GROUPS_OF, GROUPS_OF.replace("N * G", "G"), {GROUP}, "few-rows"),
    ("group: unbiased", GROUPS_OF, "g = x.reshape(N, G, C // G, *x.shape[2:])\n    x_hat, cache = (g - g.mean(axis=(2, 3, 4), keepdims=True)) / np.sqrt(g.var(axis=(2, 3, 4), keepdims=True, ddof=1) + gn_param.get('eps', 1e-5)), None", {GROUP}, "unbiased"),
    ("group: no eps", GROUPS_OF, "g = x.reshape(N, G, C // G, *x.shape[2:])\n    x_hat, cache = (g - g.mean(axis=(2, 3, 4), keepdims=True)) / np.sqrt(g.var(axis=(2, 3, 4), keepdims=True)), None", {GROUP}, "no-eps"),
    ("group: divides by the variance", GROUPS_OF, "g = x.reshape(N, G, C // G, *x.shape[2:])\n    x_hat, cache = (g - g.mean(axis=(2, 3, 4), keepdims=True)) / (g.var(axis=(2, 3, 4), keepdims=True) + gn_param.get('eps', 1e-5)), None", {GROUP}, "var-for-std"),
    ("group: the mean runs across the groups", GROUPS_OF, "g = x.reshape(N, G, C // G, *x.shape[2:])\n    x_hat, cache = (g - g.mean(axis=(1, 3, 4), keepdims=True)) / np.sqrt(g.var(axis=(1, 3, 4), keepdims=True) + gn_param.get('eps', 1e-5)), None", {GROUP}, "across-groups"),
    ("group: batch norm of the rows", GROUPS_OF, "x_hat, cache = batchnorm_forward(x.reshape(N * G, -1), 1, 0, {'mode': 'train', **gn_param})", {GROUP}, "other-axis"),
    ("group: scaled while the groups are rows", GROUPS_OF, GROUPS_OF.replace("1, 0,", "gamma, beta,"), {GROUP}, "raised"),
    ("group: a length by /", GROUPS_OF, GROUPS_OF.replace("N * G, -1", "N * G, C / G * x[0, 0].size"), {GROUP}, "raised"),
    ("group: groups over the whole batch", GROUPS_OF, "x_hat, cache = layernorm_forward(x.reshape(N, G, -1).transpose(1, 0, 2).reshape(G, -1), 1, 0, gn_param)\n    x_hat = x_hat.reshape(G, N, -1).transpose(1, 0, 2)", {GROUP}, "whole-batch"),
    ("group: channels dealt out in turn", GROUPS_OF, "x_hat, cache = layernorm_forward(x.reshape(N, C // G, G, -1).swapaxes(1, 2).reshape(N * G, -1), 1, 0, gn_param)\n    x_hat = x_hat.reshape(N, G, C // G, -1).swapaxes(1, 2)", {GROUP}, "in-turn"),
    ("group: pixels first", GROUPS_OF, "x_hat, cache = layernorm_forward(x.transpose(0, 2, 3, 1).reshape(N * G, -1), 1, 0, gn_param)", {GROUP}, "pixels-first"),
    ("group: each pixel of a group by itself", GROUPS_OF, "x_hat, cache = layernorm_forward(x.reshape(N * G, C // G, -1).swapaxes(1, 2).reshape(-1, C // G), 1, 0, gn_param)\n    x_hat = x_hat.reshape(N * G, -1, C // G).swapaxes(1, 2)", {GROUP}, "pixel-of-group"),
    ("group: eps is written in", GROUPS_OF, GROUPS_OF.replace("gn_param", "{}"), {GROUP}, "eps-fixed"),
    ("group: no scale and shift", GROUP_SCALED, GROUP_SCALED.replace("gamma * x_hat + beta", "x_hat"), {GROUP}, "no-scale-and-shift"),
    ("group: no shift", GROUP_SCALED, GROUP_SCALED.replace(" + beta", ""), {GROUP}, "no-shift"),
    ("group: no scale", GROUP_SCALED, GROUP_SCALED.replace("gamma * x_hat +", "x_hat +"), {GROUP}, "no-scale"),
    ("group: a batch of groups comes out", GROUP_SCALED, GROUP_SCALED.replace("return gamma * x_hat + beta", "return (gamma * x_hat + beta).reshape(N, G, C // G, *x.shape[2:])"), {GROUP}, "shape"),
    ("group: out is float64", GROUP_SCALED, GROUP_SCALED.replace("gamma * x_hat + beta", "(gamma * x_hat + beta).astype(float)"), {SINGLE}, "dtype"),
    ("group: nothing is returned", GROUP_SCALED, GROUP_SCALED.replace("return ", ""), {GROUP}, "returned-none"),
    ("group: dgamma is (C,)", GROUP_DGAMMA, GROUP_DGAMMA.replace(", keepdims=True", ""), {GROUP_BACK}, "shape"),
    ("group: dbeta is (C,)", GROUP_DBETA, GROUP_DBETA.replace(", keepdims=True", ""), {GROUP_BACK}, "shape"),
    ("group: dgamma is a mean", GROUP_DGAMMA, GROUP_DGAMMA.replace("sum", "mean"), {GROUP_BACK}, "factor"),
    ("group: dgamma by dout alone", GROUP_DGAMMA, GROUP_DGAMMA.replace("dout * x_hat", "dout"), {GROUP_BACK}, "no-x-hat"),
    ("group: dgamma by gamma", GROUP_DGAMMA, GROUP_DGAMMA.replace("dout * x_hat", "dout * gamma * x_hat"), {GROUP_BACK}, "dout-scaled"),
    ("group: dbeta by gamma", GROUP_DBETA, GROUP_DBETA.replace("dout.sum", "(dout * gamma).sum"), {GROUP_BACK}, "dout-scaled"),
    ("group: dx is dout times gamma", GROUP_DX, "return dout * gamma, dgamma, dbeta", {GROUP_BACK}, "dhat-alone"),
    ("group: dgamma of each picture", GROUP_DGAMMA, GROUP_DGAMMA.replace("(0, 2, 3)", "(2, 3)"), {GROUP_BACK}, "shape"),
    ("group: gamma is forgotten", GROUP_ROWS, GROUP_ROWS.replace("dout * gamma", "dout"), {GROUP_BACK}, "no-gamma"),
    ("group: gamma at the end", f"{GROUP_ROWS}\n    dx, _, _ = layernorm_backward(rows, rows_cache)\n    {GROUP_DX}", "rows = dout.reshape(len(dout) * G, -1)\n    dx, _, _ = layernorm_backward(rows, rows_cache)\n    return gamma * dx.reshape(dout.shape), dgamma, dbeta", {GROUP_BACK}, "gamma-outside"),
    ("group: gamma within and at the end", GROUP_DX, "return gamma * dx.reshape(dout.shape), dgamma, dbeta", {GROUP_BACK}, "extra-factor"),
    ("group: dx stays rows", GROUP_DX, "return dx, dgamma, dbeta", {GROUP_BACK}, "shape"),
    ("group: dgamma and dbeta exchanged", GROUP_DX, GROUP_DX.replace("dgamma, dbeta", "dbeta, dgamma"), {GROUP_BACK}, "grads-exchanged"),
    ("group: dbeta is not returned", GROUP_DX, GROUP_DX.replace(", dbeta", ""), {GROUP_BACK}, "returned-count"),
)  # fmt: skip

MASK = "mask = (rng.random(x.shape) < p).astype(x.dtype) / p if training else 1"
KEEP = "return x * mask, mask"
DDROP = "return dout * mask"

DROPOUT = mistakes(
    "dropout.py",
    ("p is the probability to drop", MASK, MASK.replace("< p", "< 1 - p").replace("/ p", "/ (1 - p)"), {DROP}, "drop-for-keep"),
    ("drops where it should keep", MASK, MASK.replace("< p", "> p"), {DROP}, "drop-for-keep"),
    ("normal numbers are compared with p", MASK, MASK.replace("random", "standard_normal"), {DROP}, "normal-numbers"),
    ("not divided by p", MASK, MASK.replace(" / p", ""), {DROP}, "not-divided"),
    ("not divided, but scaled at test", MASK, "mask = (rng.random(x.shape) < p).astype(x.dtype) if training else p", {DROP, DROP_TEST}, "not-divided"),
    ("multiplied by p", MASK, MASK.replace("/ p", "* p"), {DROP}, "multiplied"),
    ("divided by 1 - p", MASK, MASK.replace("/ p", "/ (1 - p)"), {DROP}, "by-dropped"),
    ("divided by p, and scaled at test", MASK, MASK.replace("else 1", "else p"), {DROP_TEST}, "scaled-at-test"),
    ("scaled at test by the share to drop", MASK, MASK.replace("else 1", "else 1 - p"), {DROP_TEST}, "scaled-at-test"),
    ("drops at test, too", MASK, MASK.replace(" if training else 1", ""), {DROP_TEST}, "dropped-at-test"),
    ("drops at test, not in training", MASK, MASK.replace("if training", "if not training"), {DROP, DROP_TEST}, "keep-rate"),
    ("divided by p once more in backward", DDROP, "return dout * mask * np.max(mask)", {DROP}, "twice-divided"),
    ("backward is not masked", DDROP, "return dout * 1", {DROP}, "no-mask"),
    ("backward is not divided", DDROP, "return dout * (mask > 0).astype(dout.dtype) if np.ndim(mask) else dout", {DROP}, "not-divided"),
    ("backward draws a mask of its own", DDROP, "return dout * np.random.permutation(mask.ravel()).reshape(mask.shape) if np.ndim(mask) else dout", {DROP}, "other-mask"),
    ("whole rows", MASK, MASK.replace("rng.random(x.shape)", "rng.random((*x.shape[:-1], 1)) + 0 * x"), {DROP}, "whole-lines"),
    ("whole columns", MASK, MASK.replace("rng.random(x.shape)", "rng.random(x.shape[-1]) + 0 * x"), {DROP}, "whole-lines"),
    ("a mask for the last two axes", MASK, MASK.replace("rng.random(x.shape)", "rng.random(x.shape[-2:]) + 0 * x"), {DROP}, "whole-lines"),
    ("a mask for the first two axes", MASK, MASK.replace("rng.random(x.shape)", "rng.random(x.shape[:2]).reshape(x.shape[:2] + (1,) * (x.ndim - 2)) + 0 * x"), {DROP}, "whole-lines"),
    ("one draw for all", MASK, MASK.replace("rng.random(x.shape)", "rng.random() + 0 * x"), {DROP}, "keep-rate"),
    ("drawn numbers are not compared with p", MASK, "mask = rng.random(x.shape) / p if training else 1", {DROP}, "keep-rate"),
    ("p is written in", MASK, MASK.replace("< p", "< 0.5").replace("/ p", "/ 0.5"), {DROP}, "keep-rate"),
    ("the seed is ignored", 'dropout_param.get("seed")', "None", {DROP}, "seed"),
    ("always the same seed", 'dropout_param.get("seed")', '0 or dropout_param.get("seed", 0)', {DROP}, "seed"),
    ("the mask comes out", KEEP, "return x * mask, x * mask", {DROP, DROP_TEST}, "times-out"),
    ("the mask itself comes out", KEEP, "return 0 * x + mask, mask", {DROP, DROP_TEST}, "mask-itself"),
    ("x is changed", KEEP, "x *= mask\n    return x, mask", {IN_PLACE}, "in-place"),
    ("a float64 mask", MASK, MASK.replace("x.dtype", "float"), {SINGLE}, "dtype"),
    ("nothing is returned", KEEP, "x * mask, mask", {DROP, DROP_TEST}, "returned-none"),
    ("dropped numbers become -1", KEEP, "return np.where(mask == 0, -1, x * mask).astype(x.dtype), mask", {DROP}, "keep-rate"),
)  # fmt: skip

GAMMA = 'self.params[f"gamma{i}"] = np.ones(dims[i], self.dtype)'
BETA = 'self.params[f"beta{i}"] = np.zeros(dims[i], self.dtype)'
MODE = 'param["mode"] = "test" if y is None else "train"'
HIDDEN = 'gamma, beta = self.params.get(f"gamma{i}"), self.params.get(f"beta{i}")'
PARAM = "bn_param = self.bn_params[i - 1] if self.bn_params else None"
CALL = "x, w, b, gamma, beta, self.normalization, bn_param, self.dropout_param"
NORM_GRADS = 'grads |= {f"gamma{i}": dgamma, f"beta{i}": dbeta}'
REGULARISER = "loss += 0.5 * self.reg * np.sum(W * W)"
SLOPE = 'grads[f"W{i}"] += self.reg * W'
LOOP = "for i in range(1, self.num_layers + 1):"
ONLY_NORM = "if self.normalization is not None:"
DROPS = '{"p": keep, "mode": "train", "seed": seed}'

FULLY_CONNECTED = mistakes(
    "fc_net.py",
    ("deep: gamma begins at 0", GAMMA, GAMMA.replace("ones", "zeros"), {FC}, "first-values"),
    ("deep: beta begins at 1", BETA, BETA.replace("zeros", "ones"), {FC}, "first-values"),
    ("deep: gamma is one number", GAMMA, GAMMA.replace("dims[i]", "1"), {FC}, "shapes"),
    ("deep: gamma has the width of the layer before", GAMMA, GAMMA.replace("dims[i]", "dims[i - 1]"), {FC}, "shapes"),
    ("deep: gamma is called g", GAMMA, GAMMA.replace("gamma{", "g{"), {FC}, "shapes"),
    ("deep: the first layer is not normalised", "for i in range(1, 1 + len(self.bn_params)):", "for i in range(2, 1 + len(self.bn_params)):", {FC}, "shapes"),
    ("deep: all layers share gamma", HIDDEN, 'gamma, beta = self.params.get("gamma1"), self.params.get(f"beta{i}")', {FC}, "one-gamma"),
    ("deep: all layers share their statistics", PARAM, "bn_param = self.bn_params[0] if self.bn_params else None", {FC}, "one-place"),
    ("deep: gamma and beta exchanged", HIDDEN, HIDDEN.replace("gamma, beta", "beta, gamma"), {FC}, "gamma-for-beta"),
    ("deep: gradients of gamma and beta exchanged", NORM_GRADS, 'grads |= {f"gamma{i}": dbeta, f"beta{i}": dgamma}', {FC}, "exchanged"),
    ("deep: no gradients of gamma and beta", NORM_GRADS, "pass", {FC}, "keys"),
    ("deep: always training", MODE, 'param["mode"] = "train"', {FC, FC_DROP}, "batch-statistics"),
    ("deep: always testing", MODE, 'param["mode"] = "test"', {FC, FC_DROP}, "raised"),
    ("deep: the modes are exchanged", MODE, MODE.replace("is None", "is not None"), {FC, FC_DROP}, "raised"),
    ("deep: never normalised", CALL, CALL.replace("self.normalization", "None"), {FC}, "no-norm"),
    ("deep: batch norm, whatever is asked for", CALL, CALL.replace("self.normalization", 'self.normalization and "batchnorm"'), {FC}, "other-norm"),
    ("deep: layer norm, whatever is asked for", CALL, CALL.replace("self.normalization", 'self.normalization and "layernorm"'), {FC}, "other-norm"),
    ("deep: gamma is regularised", REGULARISER, f'{REGULARISER}\n            loss += 0.5 * self.reg * np.sum(self.params.get(f"gamma{{i}}", np.zeros(1)) ** 2)', {FC}, "extra-term"),
    ("deep: gamma's gradient is regularised", SLOPE, f'{SLOPE}\n            if f"gamma{{i}}" in grads:\n                grads[f"gamma{{i}}"] += self.reg * self.params[f"gamma{{i}}"]', {FC}, "extra-term"),
    ("deep: beta's gradient is regularised", SLOPE, f'{SLOPE}\n            if f"beta{{i}}" in grads:\n                grads[f"beta{{i}}"] += self.reg * self.params[f"beta{{i}}"]', {FC}, "extra-term"),
    ("deep: L2 without its half", REGULARISER, REGULARISER.replace("0.5 * ", ""), {FC}, "l2-without-half"),
    ("deep: slopes are 2 reg W", SLOPE, SLOPE.replace("self", "2 * self"), {FC}, "l2-without-half"),
    ("deep: no dropout", CALL, CALL.replace("self.dropout_param", '{"p": 1}'), {FC_DROP}, "nothing-dropped"),
    ("deep: p is the probability to drop", DROPS, DROPS.replace("keep", "1 - keep or 1"), {FC_DROP}, "drop-for-keep"),
    ("deep: the seed is lost", DROPS, DROPS.replace('"seed": seed', '"seed": None'), {FC_DROP}, "seed"),
    ("deep: gamma is taken where there is no norm", HIDDEN, HIDDEN.replace('.get(f"gamma{i}")', '[f"gamma{i}"]'), {FC_DROP}, "raised"),
)  # fmt: skip

FILTERS = 'params[f"W{i}"] = first_weights(weight_scale, rng, C, F, K=3, relu=True)'
LAST = 'params[f"W{L}"] = first_weights(weight_scale, rng, left, num_classes)'
LEFT = "left = C * (H // 2 ** len(max_pools)) * (W // 2 ** len(max_pools))"
FIRST_NORM = 'params |= {f"gamma{i}": np.ones(F), f"beta{i}": np.zeros(F)}'
CHANNELS = "            C = F\n"
BLOCK_BN = "return conv_bn_relu_forward(x, w, b, gamma, beta, CONV, bn_param, pool_param)"
BN_PARAM = "bn_param = self.bn_params[i - 1]"
BLOCK_POOL = "pool_param = POOL if i - 1 in self.max_pools else None"
BLOCK = "return conv_relu_forward(x, w, b, CONV, pool_param)"
BLOCK_BACK = "dx, dw, db = conv_relu_backward(dout, cache, needs_dx)"
PLAIN_GRADS = 'return dx, {f"W{i}": dw, f"b{i}": db}'
BLOCK_GRADS = 'f"gamma{i}": dgamma, f"beta{i}": dbeta}'

CONVNET = mistakes(
    "cnn.py",
    ("convnet: filters are not scaled", FILTERS, FILTERS.replace("weight_scale", "1.0"), {FIRST}, "variance"),
    ("convnet: the last weights are not scaled", LAST, LAST.replace("weight_scale", "1.0"), {FIRST}, "variance"),
    ("convnet: the gain of a ReLU for the last layer", LAST, LAST.replace("num_classes)", "num_classes, relu=True)"), {FIRST}, "gain"),
    ("convnet: no gain for the filters", FILTERS, FILTERS.replace("relu=True", "relu=False"), {FIRST}, "gain"),
    ("convnet: the channels are not counted on", CHANNELS, "", {FIRST}, "shapes"),
    ("convnet: pools are not counted", LEFT, "left = C * H * W", {FIRST}, "shapes"),
    ("convnet: one pool is counted", LEFT, "left = C * (H // 2) * (W // 2)", {FIRST}, "shapes"),
    ("convnet: pictures are square", LEFT, "left = C * (H // 2 ** len(max_pools)) ** 2", {FIRST}, "shapes"),
    ("convnet: gamma begins at 0", FIRST_NORM, FIRST_NORM.replace("ones", "zeros"), {FIRST}, "first-values"),
    ("convnet: always gamma and beta", "            if batchnorm:\n                params", "            if True:\n                params", {FIRST}, "shapes"),
    ("convnet: the dtype is ignored", "for name, p in params.items()}\n\n    def block_forward", "for name, p in params.items()}\n        self.params = params\n\n    def block_forward", {FIRST}, "dtype"),
    ("convnet: the seed is ignored", "rng = np.random.default_rng(seed)\n        # SOLUTION: Let self.params hold each convolution's", "rng = np.random.default_rng()\n        # SOLUTION: Let self.params hold each convolution's", {FIRST}, "rng"),
    ("convnet: Kaiming's weights without the generator", "kaiming_initializer(Din, Dout, K, relu, np.float64, rng)", "kaiming_initializer(Din, Dout, K, relu, np.float64)", {FIRST}, "rng"),
    ("convnet: one seed for every layer", FILTERS, FILTERS.replace("rng", "np.random.default_rng(seed)"), {FIRST}, "rng"),
    ("convnet: all layers share their statistics", BN_PARAM, BN_PARAM.replace("i - 1", "0"), {DEEP}, "raised"),
    ("convnet: gamma and beta exchanged", BLOCK_BN, BLOCK_BN.replace("gamma, beta", "beta, gamma"), {DEEP}, "gamma-for-beta"),
    ("convnet: pools are counted from 1", BLOCK_POOL, BLOCK_POOL.replace("i - 1", "i"), {DEEP}, "raised"),
    ("convnet: no pools", BLOCK_POOL, "pool_param = None", {DEEP}, "raised"),
    ("convnet: pools after all", BLOCK_POOL, "pool_param = POOL", {DEEP}, "raised"),
    ("convnet: pools are left out on the way back", BLOCK_BACK, BLOCK_BACK.replace("cache", "(cache[0], None, cache[2])"), {DEEP}, "raised"),
    ("convnet: gradients of gamma and beta exchanged", BLOCK_GRADS, 'f"gamma{i}": dbeta, f"beta{i}": dgamma}', {DEEP}, "exchanged"),
    ("convnet: no gradients of gamma and beta", f", {BLOCK_GRADS}", "}", {DEEP}, "keys"),
    ("convnet: always training", BN_PARAM, BN_PARAM.replace("self.bn_params[i - 1]", '{"mode": "train"} | {k: v for k, v in self.bn_params[i - 1].items() if k != "mode"}'), {DEEP}, "batch-statistics"),
    ("convnet: always testing", BN_PARAM, BN_PARAM + ' | {"mode": "test"}', {DEEP}, "raised"),
    ("convnet: the running statistics are lost in a copy", BN_PARAM, BN_PARAM.replace("self.bn_params[i - 1]", "dict(self.bn_params[i - 1])"), {DEEP}, None),
    ("convnet: the first block is left out", "block_forward(self, i, x):", "block_forward(self, i, x):\n        i = max(i, 2)", {DEEP}, "raised"),
    ("convnet: a block has two poolings", BLOCK, f"from .layer_utils import pool_forward\n        x, _ = pool_forward(x, pool_param)\n        {BLOCK}", {DEEP}, "raised"),
    ("convnet: the pooling comes with a stride of 1", BLOCK_POOL, BLOCK_POOL.replace("POOL if", "{**POOL, 'stride': 1} if"), {DEEP}, "raised"),
    ("convnet: no padding", BLOCK, BLOCK.replace("CONV,", "{**CONV, 'pad': 0},"), {DEEP}, "raised"),
    ("convnet: the bias is left out", BLOCK, BLOCK.replace(" b,", " 0 * b,"), {DEEP}, None),
    ("convnet: the bias has no gradient", PLAIN_GRADS, 'return dx, {f"W{i}": dw}', {DEEP}, "keys"),
    ("convnet: the pooling hands on twice as much", BLOCK_BACK, BLOCK_BACK.replace("dout", "(1 + (i - 1 in self.max_pools)) * dout"), {DEEP}, "times-2"),
    ("convnet: dx is not handed on", PLAIN_GRADS, PLAIN_GRADS.replace("dx,", "dout,"), {DEEP}, "raised"),
    ("convnet: the gradients come first", PLAIN_GRADS, 'return {f"W{i}": dw, f"b{i}": db}, dx', {DEEP}, "raised"),
)  # fmt: skip

OVERFITTING = "return 0.1, 2e-3"
RATE = 'rate = {"learning_rate": 3e-3}'
RUN = 'return Solver(model, data, "adam"'

TUNING = mistakes(
    "tuning.py",
    ("overfit: weights so small that pictures look alike", OVERFITTING, "return 1e-4, 2e-3", {OVERFIT}, "faded"),
    ("overfit: weights so large that it diverges", OVERFITTING, "return 10.0, 2e-3", {OVERFIT}, "first-loss"),
    ("overfit: a rate too low", OVERFITTING, "return 0.1, 1e-6", {OVERFIT}, "rate-too-low"),
    ("overfit: a rate that needs more steps", OVERFITTING, "return 0.1, 2e-4", {OVERFIT}, "still-falls"),
    ("overfit: a rate too high", OVERFITTING, "return 0.1, 1.0", {OVERFIT}, "rate-too-high"),
    ("overfit: one number", OVERFITTING, "return 0.1", {OVERFIT}, "returned-count"),
    ("overfit: nothing is returned", OVERFITTING, "0.1, 2e-3", {OVERFIT}, "returned-none"),
    ("recipe: the net is returned", RUN, "return model\n    return Solver(model, data, 'adam'", {RECIPE}, "type"),
    ("recipe: nothing is returned", RUN, "Solver(model, data, 'adam'", {RECIPE}, "type"),
    ("recipe: the dtype is ignored", "dtype=dtype", "dtype='float64'", {RECIPE}, "dtype"),
    ("recipe: a rate too high", RATE, 'rate = {"learning_rate": 20.0}', {RECIPE}, "rate"),
    ("recipe: uphill", RATE, 'rate = {"learning_rate": -2e-3}', {RECIPE}, "rate"),
    ("recipe: nothing moves", RATE, 'rate = {"learning_rate": 0.0}', {RECIPE}, "rate"),
    ("recipe: two classes", "num_classes=1 + int(np.max(data[\"y_train\"]))", "num_classes=2", {RECIPE}, "shape"),
    ("recipe: ten classes, whatever the data", "num_classes=1 + int(np.max(data[\"y_train\"]))", "num_classes=10", {RECIPE}, "shape"),
    ("recipe: three channels, whatever the data", "data[\"X_train\"].shape[1:]", "(3, 32, 32)", {RECIPE}, "sizes"),
    ("recipe: 32x32 pictures, whatever the data", "data[\"X_train\"].shape[1:]", "(data['X_train'].shape[1], 32, 32)", {RECIPE}, "raised"),
)  # fmt: skip

GROUPS = {
    "initializers": INITIALIZERS,
    "batchnorm_forward": FORWARD,
    "batchnorm_backward": BACKWARD,
    "batchnorm_backward_alt": IN_A_LINE,
    "layernorm": LAYERNORM,
    "spatial_batchnorm": SPATIAL_NORM,
    "spatial_groupnorm": GROUPNORM,
    "dropout": DROPOUT,
    "FullyConnectedNet": FULLY_CONNECTED,
    "DeepConvNet": CONVNET,
    "tuning": TUNING,
}

CS231N_LAYERS = """
def batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps = bn_param["mode"], bn_param.get("eps", 1e-5)
    momentum, D = bn_param.get("momentum", 0.9), x.shape[1]
    running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))
    if mode == "train":
        mu, var = np.mean(x, axis=0), np.var(x, axis=0)
        x_norm = (x - mu) / np.sqrt(var + eps)
        out = gamma * x_norm + beta
        cache = (x, x_norm, gamma, mu, var, eps)
        running_mean = momentum * running_mean + (1 - momentum) * mu
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        out, cache = gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta, None
    bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
    return out, cache

def batchnorm_backward(dout, cache):
    x, x_norm, gamma, mu, var, eps = cache
    N = x.shape[0]
    dx_norm = dout * gamma
    dvar = np.sum(dx_norm * (x - mu), axis=0) * -0.5 * (var + eps) ** -1.5
    dmu = np.sum(dx_norm * -1 / np.sqrt(var + eps), axis=0)
    dx = dx_norm / np.sqrt(var + eps) + dvar * 2 * (x - mu) / N + dmu / N
    return dx, np.sum(dout * x_norm, axis=0), np.sum(dout, axis=0)

def batchnorm_backward_alt(dout, cache):
    return batchnorm_backward(dout, cache)

def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    flat = np.transpose(x, (0, 3, 2, 1)).reshape((N * H * W, C))
    out, cache = batchnorm_forward(flat, gamma, beta, bn_param)
    return np.transpose(np.reshape(out, (N, W, H, C)), (0, 3, 2, 1)), cache

def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    flat = np.transpose(dout, (0, 3, 2, 1)).reshape((N * H * W, C))
    dx, dgamma, dbeta = batchnorm_backward(flat, cache)
    return np.transpose(np.reshape(dx, (N, W, H, C)), (0, 3, 2, 1)), dgamma, dbeta

def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    mask, out = None, x
    if mode == "train":
        mask = ((np.random.rand(*x.shape) < p) / p).astype(x.dtype)
        out = x * mask
    return out, (dropout_param, mask)

def dropout_backward(dout, cache):
    dropout_param, mask = cache
    return dout if dropout_param["mode"] == "test" else dout * mask
"""

CS231N_NET = """
class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1,
                 normalization=None, reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio != 1
        self.reg, self.dtype = reg, dtype
        self.num_layers = 1 + len(hidden_dims)
        self.params = {}
        dims = np.hstack((input_dim, hidden_dims, num_classes)).astype(int)
        for i in range(self.num_layers):
            self.params["W" + str(i + 1)] = np.random.randn(dims[i], dims[i + 1]) * weight_scale
            self.params["b" + str(i + 1)] = np.zeros(dims[i + 1])
            if normalization is not None and i < self.num_layers - 1:
                self.params["gamma" + str(i + 1)] = np.ones(dims[i + 1])
                self.params["beta" + str(i + 1)] = np.zeros(dims[i + 1])
        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {"mode": "train", "p": dropout_keep_ratio}
            if seed is not None:
                self.dropout_param["seed"] = seed
        self.bn_params = []
        if self.normalization == "batchnorm":
            self.bn_params = [{"mode": "train"} for i in range(self.num_layers - 1)]
        if self.normalization == "layernorm":
            self.bn_params = [{} for i in range(self.num_layers - 1)]
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        from .layers import (
            batchnorm_backward, batchnorm_forward, dropout_backward, dropout_forward,
            layernorm_backward, layernorm_forward, relu_backward, relu_forward,
        )
        X = X.astype(self.dtype)
        mode = "test" if y is None else "train"
        if self.use_dropout:
            self.dropout_param["mode"] = mode
        if self.normalization == "batchnorm":
            for bn_param in self.bn_params:
                bn_param["mode"] = mode
        h, caches = X, []
        for i in range(1, self.num_layers):
            h, fc = affine_forward(h, self.params[f"W{i}"], self.params[f"b{i}"])
            norm = drop = None
            if self.normalization == "batchnorm":
                gamma, beta = self.params[f"gamma{i}"], self.params[f"beta{i}"]
                h, norm = batchnorm_forward(h, gamma, beta, self.bn_params[i - 1])
            elif self.normalization == "layernorm":
                gamma, beta = self.params[f"gamma{i}"], self.params[f"beta{i}"]
                h, norm = layernorm_forward(h, gamma, beta, self.bn_params[i - 1])
            h, relu = relu_forward(h)
            if self.use_dropout:
                h, drop = dropout_forward(h, self.dropout_param)
            caches.append((fc, norm, relu, drop))
        L = self.num_layers
        scores, last = affine_forward(h, self.params[f"W{L}"], self.params[f"b{L}"])
        if mode == "test":
            return scores
        grads = {}
        loss, dout = softmax_loss(scores, y)
        for i in range(1, L + 1):
            loss += 0.5 * self.reg * np.sum(self.params[f"W{i}"] ** 2)
        dout, grads[f"W{L}"], grads[f"b{L}"] = affine_backward(dout, last)
        for i in range(L - 1, 0, -1):
            fc, norm, relu, drop = caches[i - 1]
            if self.use_dropout:
                dout = dropout_backward(dout, drop)
            dout = relu_backward(dout, relu)
            if self.normalization == "batchnorm":
                dout, grads[f"gamma{i}"], grads[f"beta{i}"] = batchnorm_backward(dout, norm)
            elif self.normalization == "layernorm":
                dout, grads[f"gamma{i}"], grads[f"beta{i}"] = layernorm_backward(dout, norm)
            dout, grads[f"W{i}"], grads[f"b{i}"] = affine_backward(dout, fc)
        for i in range(1, L + 1):
            grads[f"W{i}"] += self.reg * self.params[f"W{i}"]
        return loss, grads
"""

ONE_METHOD_CONVNET = """
from .layer_utils import (
    conv_bn_relu_pool_backward, conv_bn_relu_pool_forward
)

class DeepConvNet:
    def __init__(self, input_dim=(3, 32, 32), num_filters=(8, 8, 8, 8, 8),
                 max_pools=(0, 1, 2, 3, 4), batchnorm=False, num_classes=10, weight_scale=1e-3,
                 reg=0.0, dtype=np.float32, seed=None):
        np.random.seed(seed)
        self.params, self.reg, self.dtype = {}, reg, dtype
        self.num_layers, self.max_pools = len(num_filters) + 1, max_pools
        self.batchnorm = batchnorm
        in_channels, height, width = input_dim
        for i, filters in enumerate(num_filters):
            size = (filters, in_channels, 3, 3)
            std = np.sqrt(2 / (in_channels * 9)) if weight_scale == "kaiming" else weight_scale
            self.params[f"W{i + 1}"] = np.random.normal(0, std, size).astype(dtype)
            self.params[f"b{i + 1}"] = np.zeros(filters, dtype=dtype)
            if batchnorm:
                self.params[f"gamma{i + 1}"] = np.ones(filters, dtype=dtype)
                self.params[f"beta{i + 1}"] = np.zeros(filters, dtype=dtype)
            in_channels = filters
            if i in max_pools:
                height, width = height // 2, width // 2
        size = (in_channels * height * width, num_classes)
        std = np.sqrt(1 / size[0]) if weight_scale == "kaiming" else weight_scale
        self.params[f"W{self.num_layers}"] = np.random.normal(0, std, size).astype(dtype)
        self.params[f"b{self.num_layers}"] = np.zeros(num_classes, dtype=dtype)
        self.bn_params = []
        if batchnorm:
            self.bn_params = [{"mode": "train"} for _ in range(len(num_filters))]

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        for bn_param in self.bn_params:
            bn_param["mode"] = "test" if y is None else "train"
        conv_param = {"stride": 1, "pad": 1}
        pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}
        p, L, caches, out = self.params, self.num_layers, [], X
        for i in range(1, L):
            w, b, cache = p[f"W{i}"], p[f"b{i}"], None
            if self.batchnorm:
                args = w, b, p[f"gamma{i}"], p[f"beta{i}"], conv_param, self.bn_params[i - 1]
                if i - 1 in self.max_pools:
                    out, cache = conv_bn_relu_pool_forward(out, *args, pool_param)
                else:
                    out, cache = conv_bn_relu_forward(out, *args)
            elif i - 1 in self.max_pools:
                out, cache = conv_relu_pool_forward(out, w, b, conv_param, pool_param)
            else:
                out, cache = conv_relu_forward(out, w, b, conv_param)
            caches.append(cache)
        scores, last = affine_forward(out, p[f"W{L}"], p[f"b{L}"])
        if y is None:
            return scores
        loss, dout = softmax_loss(scores, y)
        grads = {}
        dout, grads[f"W{L}"], grads[f"b{L}"] = affine_backward(dout, last)
        for i in range(L - 1, 0, -1):
            pooled = i - 1 in self.max_pools
            if self.batchnorm:
                back = conv_bn_relu_pool_backward if pooled else conv_bn_relu_backward
                dout, dw, db, dgamma, dbeta = back(dout, caches[i - 1])
                grads[f"gamma{i}"], grads[f"beta{i}"] = dgamma, dbeta
            else:
                back = conv_relu_pool_backward if pooled else conv_relu_backward
                dout, dw, db = back(dout, caches[i - 1])
            grads[f"W{i}"], grads[f"b{i}"] = dw, db
        for i in range(1, L + 1):
            grads[f"W{i}"] += self.reg * p[f"W{i}"]
            loss += 0.5 * self.reg * np.sum(p[f"W{i}"] ** 2)
        return loss, grads
"""

POOLING_APART = """
from .fast_layers import max_pool_backward_fast, max_pool_forward_fast

def block_forward(self, i, x):
    w, b = self.params[f"W{i}"], self.params[f"b{i}"]
    if self.bn_params:
        scale = self.params[f"gamma{i}"], self.params[f"beta{i}"]
        out, cache = conv_bn_relu_forward(x, w, b, *scale, CONV, self.bn_params[i - 1])
    else:
        out, cache = conv_relu_forward(x, w, b, CONV)
    pool_cache = None
    if i - 1 in self.max_pools:
        out, pool_cache = max_pool_forward_fast(out, POOL)
    return out, (cache, pool_cache)

def block_backward(self, i, dout, cache):
    cache, pool_cache = cache
    if pool_cache is not None:
        dout = max_pool_backward_fast(dout, pool_cache)
    names = f"W{i}", f"b{i}", f"gamma{i}", f"beta{i}"
    back = conv_bn_relu_backward if self.bn_params else conv_relu_backward
    dx, *grads = back(dout, cache)
    return dx, dict(zip(names, grads))

DeepConvNet.block_forward, DeepConvNet.block_backward = block_forward, block_backward
"""

TRAINING = {OVERFIT, RECIPE}

RIGHT = {
    "pooling by a layer of its own, behind the sandwich": ("cnn.py", POOLING_APART),
    "batch norm by a graph of nine nodes": (
        "normalization.py",
        """
def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    N, D = x.shape
    running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))
    out, cache = None, None
    if mode == "train":
        mu = 1.0 / N * np.sum(x, axis=0)
        xmu = x - mu
        sq = xmu**2
        var = 1.0 / N * np.sum(sq, axis=0)
        sqrtvar = np.sqrt(var + eps)
        ivar = 1.0 / sqrtvar
        xhat = xmu * ivar
        gammax = gamma * xhat
        out = gammax + beta
        cache = (xhat, gamma, xmu, ivar, sqrtvar, var, eps)
        running_mean = momentum * running_mean + (1 - momentum) * mu
        running_var = momentum * running_var + (1 - momentum) * var
    elif mode == "test":
        out = gamma * ((x - running_mean) / np.sqrt(running_var + eps)) + beta
    bn_param["running_mean"] = running_mean
    bn_param["running_var"] = running_var
    return out, cache

def batchnorm_backward(dout, cache):
    xhat, gamma, xmu, ivar, sqrtvar, var, eps = cache
    N, D = dout.shape
    dbeta = np.sum(dout, axis=0)
    dgammax = dout
    dgamma = np.sum(dgammax * xhat, axis=0)
    dxhat = dgammax * gamma
    divar = np.sum(dxhat * xmu, axis=0)
    dxmu1 = dxhat * ivar
    dsqrtvar = -1.0 / (sqrtvar**2) * divar
    dvar = 0.5 * 1.0 / np.sqrt(var + eps) * dsqrtvar
    dsq = 1.0 / N * np.ones((N, D), dtype=dout.dtype) * dvar
    dxmu2 = 2 * xmu * dsq
    dx1 = dxmu1 + dxmu2
    dmu = -1 * np.sum(dxmu1 + dxmu2, axis=0)
    dx2 = 1.0 / N * np.ones((N, D), dtype=dout.dtype) * dmu
    return dx1 + dx2, dgamma, dbeta

def batchnorm_backward_alt(dout, cache):
    xhat, gamma, xmu, ivar, sqrtvar, var, eps = cache
    N = dout.shape[0]
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(xhat * dout, axis=0)
    dx = (gamma * ivar / N) * (N * dout - xhat * dgamma - dbeta)
    return dx, dgamma, dbeta
""",
    ),
    "batch norm with loops over the features, and a cache that is a dict": (
        "normalization.py",
        """
def batchnorm_forward(x, gamma, beta, bn_param):
    eps, keep = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    D = x.shape[1]
    bn_param.setdefault("running_mean", np.zeros(D, x.dtype))
    bn_param.setdefault("running_var", np.zeros(D, x.dtype))
    out, cache = np.empty_like(x), dict(x_hat=np.empty_like(x), std=[], gamma=gamma)
    for d in range(D):
        if bn_param["mode"] == "train":
            mean, var = np.mean(x[:, d]), np.var(x[:, d])
            bn_param["running_mean"][d] *= keep
            bn_param["running_mean"][d] += (1 - keep) * mean
            bn_param["running_var"][d] *= keep
            bn_param["running_var"][d] += (1 - keep) * var
        else:
            mean, var = bn_param["running_mean"][d], bn_param["running_var"][d]
        cache["std"].append((var + eps) ** 0.5)
        cache["x_hat"][:, d] = (x[:, d] - mean) * (1 / cache["std"][-1])
        out[:, d] = cache["x_hat"][:, d] * gamma[d] + beta[d]
    return out, cache

def batchnorm_backward(dout, cache):
    dx = np.empty_like(dout)
    dgamma, dbeta = np.empty_like(cache["gamma"]), np.empty_like(cache["gamma"])
    for d, std in enumerate(cache["std"]):
        h, g = cache["x_hat"][:, d], dout[:, d]
        dgamma[d], dbeta[d] = g @ h, g.sum()
        jacobian = np.eye(len(h), dtype=h.dtype) - 1 / len(h) - np.outer(h, h) / len(h)
        dx[:, d] = cache["gamma"][d] / std * (jacobian @ g)
    return dx, dgamma, dbeta

def batchnorm_backward_alt(dout, cache):
    dx = np.empty_like(dout)
    dgamma, dbeta = np.empty_like(cache["gamma"]), np.empty_like(cache["gamma"])
    for d, std in enumerate(cache["std"]):
        h, g = cache["x_hat"][:, d], dout[:, d]
        dgamma[d], dbeta[d] = g @ h, g.sum()
        dx[:, d] = cache["gamma"][d] / std * (g - g.mean() - h * (g @ h) / len(h))
    return dx, dgamma, dbeta
""",
    ),
    "the variance as the mean square less the squared mean, statistics in place": (
        "normalization.py",
        """
def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "test":
        scale = gamma / np.sqrt(bn_param["running_var"] + eps)
        return x * scale + (beta - bn_param["running_mean"] * scale), None
    mean = np.mean(x, axis=0)
    var = np.mean((x - x[0]) ** 2, axis=0) - (mean - x[0]) ** 2
    for name, new in (("running_mean", mean), ("running_var", var)):
        old = bn_param.get(name, 0 * new)
        bn_param[name] = old + (1 - momentum) * (new - old)
    inverse = 1 / np.sqrt(var + eps)
    return np.multiply(gamma * inverse, x - mean) + beta, (x, gamma, mean, inverse)

def batchnorm_backward(dout, cache):
    x, gamma, mean, inverse = cache
    x_hat = (x - mean) * inverse
    g = dout - dout.mean(axis=0) - x_hat * np.mean(dout * x_hat, axis=0)
    return gamma * inverse * g, np.einsum("nd,nd->d", dout, x_hat), np.einsum("nd->d", dout)

batchnorm_backward_alt = batchnorm_backward
""",
    ),
    "batch norm by the formulas of the paper": (
        "normalization.py",
        """
def batchnorm_backward(dout, cache):
    x_hat, std, gamma = cache
    m = dout.shape[0]
    x_mu = x_hat * std
    dx_hat = dout * gamma
    dvar = np.sum(dx_hat * x_mu * -0.5 * std**-3.0, axis=0)
    dmean = np.sum(dx_hat * -1 / std, axis=0) + dvar * np.mean(-2.0 * x_mu, axis=0)
    dx = dx_hat / std + dvar * 2.0 * x_mu / m + dmean / m
    return dx, np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)

def batchnorm_backward_alt(dout, cache):
    x_hat, std, gamma = cache
    m = dout.shape[0]
    dx_hat = dout * gamma
    dx = 1 / m / std * (m * dx_hat - dx_hat.sum(0) - x_hat * (dx_hat * x_hat).sum(0))
    return dx, (dout * x_hat).sum(0), dout.sum(0)
""",
    ),
    "gradients of gamma and beta that keep an axis": (
        "normalization.py",
        """
def batchnorm_backward(dout, cache):
    x_hat, std, gamma = cache
    over = {"axis": 0, "keepdims": True}
    dgamma, dbeta = np.sum(dout * x_hat, **over), np.sum(dout, **over)
    dx = gamma / std * (dout - dbeta / len(dout) - x_hat * dgamma / len(dout))
    return dx, dgamma, dbeta

batchnorm_backward_alt = batchnorm_backward

def layernorm_backward(dout, cache):
    x_hat, std, gamma = cache
    over = {"axis": 1, "keepdims": True}
    dhat = dout * gamma
    dx = (dhat - dhat.mean(**over) - x_hat * (dhat * x_hat).mean(**over)) / std
    return dx, np.sum(dout * x_hat, axis=0, keepdims=True), np.sum(dout, axis=0, keepdims=True)
""",
    ),
    "layer norm as batch norm of the transpose": (
        "normalization.py",
        """
def layernorm_forward(x, gamma, beta, ln_param):
    param = {"mode": "train", "eps": ln_param.get("eps", 1e-5)}
    D = len(x)
    hat, cache = batchnorm_forward(x.T, np.ones(D, x.dtype), np.zeros(D, x.dtype), param)
    return hat.T * gamma + beta, (hat.T, gamma, cache)

def layernorm_backward(dout, cache):
    hat, gamma, cache = cache
    dx = batchnorm_backward((dout * gamma).T, cache)[0].T
    return dx, np.sum(dout * hat, axis=0), np.sum(dout, axis=0)
""",
    ),
    "layer norm as CS231n's readers write it": (
        "normalization.py",
        """
def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    x_T = x.T
    sample_mean = np.mean(x_T, axis=0)
    sample_var = np.var(x_T, axis=0)
    x_norm_T = (x_T - sample_mean) / np.sqrt(sample_var + eps)
    x_norm = x_norm_T.T
    return x_norm * gamma + beta, [x, x_norm, gamma, sample_mean, sample_var, eps]

def layernorm_backward(dout, cache):
    x, x_norm, gamma, sample_mean, sample_var, eps = cache
    x_T, dx_norm_T = x.T, (dout * gamma).T
    D = x_T.shape[0]
    dvar = np.sum(dx_norm_T * (x_T - sample_mean) * -0.5 * (sample_var + eps) ** (-1.5), axis=0)
    dmean = np.sum(dx_norm_T * -1 / np.sqrt(sample_var + eps), axis=0)
    dmean += dvar * np.sum(-2 * (x_T - sample_mean), axis=0) / D
    dx_T = dx_norm_T / np.sqrt(sample_var + eps) + dvar * 2 * (x_T - sample_mean) / D + dmean / D
    return dx_T.T, np.sum(dout * x_norm, axis=0), np.sum(dout, axis=0)
""",
    ),
    "layer norm, example by example": (
        "normalization.py",
        """
def layernorm_forward(x, gamma, beta, ln_param):
    hats, stds = [], []
    for row in x:
        centred = row - np.average(row)
        stds.append(np.sqrt(centred @ centred / len(row) + ln_param.get("eps", 1e-5)))
        hats.append(centred / stds[-1])
    hats = np.stack(hats)
    return np.stack([gamma * hat + beta for hat in hats]), (hats, stds, gamma)

def layernorm_backward(dout, cache):
    hats, stds, gamma = cache
    dx = []
    for g, hat, std in zip(dout * gamma, hats, stds):
        dx.append((g - g.mean() - hat * (g @ hat) / len(g)) / std)
    return np.array(dx, dtype=dout.dtype), sum(dout * hats), sum(dout)
""",
    ),
    "norms of pictures by axes, without the layers of rows": (
        "normalization.py",
        """
AXES = (0, 2, 3)

def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    C = x.shape[1]
    wide = lambda p: p.reshape(1, -1, 1, 1)
    if bn_param["mode"] == "test":
        x_hat = (x - wide(bn_param["running_mean"])) / np.sqrt(wide(bn_param["running_var"]) + eps)
        return wide(gamma) * x_hat + wide(beta), None
    mean, var = x.mean(axis=AXES), x.var(axis=AXES)
    for name, new in (("running_mean", mean), ("running_var", var)):
        bn_param[name] = momentum * bn_param.get(name, np.zeros(C)) + (1 - momentum) * new
    x_hat = (x - wide(mean)) / np.sqrt(wide(var) + eps)
    return wide(gamma) * x_hat + wide(beta), (x_hat, wide(gamma), np.sqrt(wide(var) + eps))

def spatial_batchnorm_backward(dout, cache):
    x_hat, gamma, std = cache
    dgamma, dbeta = (dout * x_hat).sum(AXES), dout.sum(AXES)
    m = dout.size // dout.shape[1]
    inner = dbeta[None, :, None, None] + x_hat * dgamma[:, None, None]
    return gamma / std * (dout - inner / m), dgamma, dbeta

def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    N, C, H, W = x.shape
    groups = x.reshape(N, G, C // G, H, W)
    mean = groups.mean(axis=(2, 3, 4), keepdims=True)
    var = groups.var(axis=(2, 3, 4), keepdims=True)
    std = np.sqrt(var + gn_param.get("eps", 1e-5))
    x_hat = ((groups - mean) / std).reshape(N, C, H, W)
    return x_hat * gamma + beta, (G, x_hat, std, gamma)

def spatial_groupnorm_backward(dout, cache):
    G, x_hat, std, gamma = cache
    N, C, H, W = dout.shape
    dgamma = np.sum(dout * x_hat, axis=(0, 2, 3)).reshape(1, C, 1, 1)
    dbeta = np.sum(dout, axis=(0, 2, 3))[None, :, None, None]
    g = (dout * gamma).reshape(N, G, C // G, H, W)
    h = x_hat.reshape(N, G, C // G, H, W)
    mean = lambda a: a.mean(axis=(2, 3, 4), keepdims=True)
    dx = (g - mean(g) - h * mean(g * h)) / std
    return dx.reshape(N, C, H, W), dgamma, dbeta
""",
    ),
    "norms of pictures by moveaxis, swapaxes and loops over groups": (
        "normalization.py",
        """
def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    last = np.moveaxis(x, 1, -1)
    out, cache = batchnorm_forward(last.reshape(-1, x.shape[1]), gamma, beta, bn_param)
    return np.ascontiguousarray(np.moveaxis(out.reshape(last.shape), -1, 1)), cache

def spatial_batchnorm_backward(dout, cache):
    C = dout.shape[1]
    rows = dout.swapaxes(0, 1).reshape(C, -1)
    order = np.arange(dout[:, 0].size).reshape(dout[:, 0].shape).ravel()
    dx, dgamma, dbeta = batchnorm_backward(rows.T[order], cache)
    return dx.T.reshape(C, len(dout), *dout.shape[2:]).swapaxes(0, 1), dgamma, dbeta

def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    N, C, H, W = x.shape
    hat, stds, size = np.zeros_like(x), {}, C // G
    for n in range(N):
        for g in range(G):
            block = x[n, g * size : (g + 1) * size]
            stds[n, g] = np.sqrt(np.var(block) + gn_param.get("eps", 1e-5))
            hat[n, g * size : (g + 1) * size] = (block - np.mean(block)) / stds[n, g]
    return gamma * hat + beta, (hat, stds, gamma, size)

def spatial_groupnorm_backward(dout, cache):
    hat, stds, gamma, size = cache
    dx, dhat = np.zeros_like(dout), dout * gamma
    for (n, g), std in stds.items():
        part = slice(g * size, (g + 1) * size)
        d, h = dhat[n, part], hat[n, part]
        dx[n, part] = (d - np.mean(d) - h * np.mean(d * h)) / std
    over = {"axis": (0, 2, 3), "keepdims": True}
    return dx, np.sum(dout * hat, **over), np.sum(dout, **over)
""",
    ),
    "dropout with numpy's global generator": (
        "dropout.py",
        """
def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    mask = None
    out = None
    if mode == "train":
        mask = (np.random.rand(*x.shape) < p) / p
        out = x * mask
    elif mode == "test":
        out = x
    cache = (dropout_param, mask)
    out = out.astype(x.dtype, copy=False)
    return out, cache

def dropout_backward(dout, cache):
    dropout_param, mask = cache
    if dropout_param["mode"] == "train":
        return (dout * mask).astype(dout.dtype)
    return dout
""",
    ),
    "dropout by a choice for every number, last index first": (
        "dropout.py",
        """
def dropout_forward(x, dropout_param):
    p = dropout_param["p"]
    if dropout_param["mode"] == "test" or p == 1:
        return x.copy(), (None, p)
    rng = np.random.default_rng(dropout_param.get("seed"))
    kept = rng.binomial(1, p, size=x.shape[::-1]).T.astype(bool)
    return np.where(kept, x / p, np.zeros_like(x)), (kept, p)

def dropout_backward(dout, cache):
    kept, p = cache
    if kept is None:
        return dout.copy()
    dx = dout / p
    dx[~kept] = 0
    return dx
""",
    ),
    "first weights with numpy's global generator": (
        "initializers.py",
        """
def kaiming_initializer(Din, Dout, K=None, relu=True, dtype=np.float32, rng=None):
    if rng is not None:
        np.random.seed(rng if isinstance(rng, int) else rng.integers(2**31))
    gain = 2.0 if relu else 1.0
    if K is None:
        return (np.random.randn(Din, Dout) * np.sqrt(gain / Din)).astype(dtype)
    w = np.random.normal(0, (gain / (Din * K**2)) ** 0.5, size=(Dout, Din, K, K))
    return w.astype(dtype)

def xavier_initializer(Din, Dout, K=None, dtype=np.float32, rng=None):
    rng = np.random.default_rng(rng)
    area = 1 if K is None else K * K
    limit = np.sqrt(6.0) / np.sqrt(Din * area + Dout * area)
    size = (Dout, Din, K, K) if K else (Din, Dout)
    return ((2 * rng.random(size) - 1) * limit).astype(dtype)
""",
    ),
    "all layers in layers.py, as in CS231n": ("layers.py", CS231N_LAYERS),
    "a net with everything in one method, as in CS231n": ("fc_net.py", CS231N_NET),
    "a net of the layers themselves": (
        "fc_net.py",
        """
from . import layers

def hidden_forward(self, i, x):
    p, caches = self.params, {}
    out, caches["affine"] = layers.affine_forward(x, p["W%d" % i], p["b%d" % i])
    norm = {"batchnorm": layers.batchnorm_forward, "layernorm": layers.layernorm_forward}
    if self.normalization:
        scale, shift, param = p["gamma%d" % i], p["beta%d" % i], self.bn_params[i - 1]
        out, caches["norm"] = norm[self.normalization](out, scale, shift, param)
    out, caches["relu"] = layers.relu_forward(out)
    if self.dropout_param["p"] < 1:
        out, caches["dropout"] = layers.dropout_forward(out, self.dropout_param)
    return out, caches

def hidden_backward(self, i, dout, caches):
    grads = {}
    if "dropout" in caches:
        dout = layers.dropout_backward(dout, caches["dropout"])
    dout = layers.relu_backward(dout, caches["relu"])
    if self.normalization == "batchnorm":
        dout, grads[f"gamma{i}"], grads[f"beta{i}"] = layers.batchnorm_backward_alt(dout, caches["norm"])
    if self.normalization == "layernorm":
        dout, grads[f"gamma{i}"], grads[f"beta{i}"] = layers.layernorm_backward(dout, caches["norm"])
    dx, grads[f"W{i}"], grads[f"b{i}"] = layers.affine_backward(dout, caches["affine"])
    return dx, grads

FullyConnectedNet.hidden_forward = hidden_forward
FullyConnectedNet.hidden_backward = hidden_backward
""",
    ),
    "dropout before the ReLU": (
        "fc_net.py",
        """
from . import layers

def hidden_forward(self, i, x):
    out, affine = layers.affine_forward(x, self.params[f"W{i}"], self.params[f"b{i}"])
    norm = drop = None
    if self.normalization:
        forward = getattr(layers, self.normalization + "_forward")
        out, norm = forward(out, self.params[f"gamma{i}"], self.params[f"beta{i}"], self.bn_params[i - 1])
    if self.dropout_param["p"] != 1:
        out, drop = layers.dropout_forward(out, self.dropout_param)
    out, relu = layers.relu_forward(out)
    return out, (affine, norm, drop, relu)

def hidden_backward(self, i, dout, cache):
    affine, norm, drop, relu = cache
    dout, grads = layers.relu_backward(dout, relu), {}
    if self.dropout_param["p"] != 1:
        dout = layers.dropout_backward(dout, drop)
    if self.normalization:
        backward = getattr(layers, self.normalization + "_backward")
        dout, grads[f"gamma{i}"], grads[f"beta{i}"] = backward(dout, norm)
    dout, grads[f"W{i}"], grads[f"b{i}"] = layers.affine_backward(dout, affine)
    return dout, grads

FullyConnectedNet.hidden_forward = hidden_forward
FullyConnectedNet.hidden_backward = hidden_backward
""",
    ),
    "a deep convnet with everything in one method": ("cnn.py", ONE_METHOD_CONVNET),
    "a recipe of plain momentum, without batch norm": (
        "tuning.py",
        """
def find_overfit_parameters():
    return 5e-2, 2e-3

def create_convolutional_solver_instance(data, dtype):
    C, H, W = data["X_train"][0].shape
    classes = len(set(data["y_train"].tolist()))
    net = DeepConvNet((C, H, W), [8, 16], [0, 1], False, classes, 1e-2, dtype=dtype)
    return Solver(net, data, update_rule="sgd_momentum", optim_config={"learning_rate": 1e-4})
""",
    ),
}
