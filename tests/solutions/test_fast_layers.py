"""Fast layers give what the naive loops give, in little memory, on any number of threads."""

import gc
import os
import threading
import time
import tracemalloc
import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from solutions import fast_layers
from solutions.convolution import conv_backward_naive, conv_forward_naive
from solutions.fast_layers import (
    conv_backward_fast,
    conv_forward_fast,
    max_pool_backward_fast,
    max_pool_forward_fast,
)
from solutions.given.fast import columns, slices
from solutions.given.fast import threads as parallel
from solutions.pooling import max_pool_backward_naive, max_pool_forward_naive

CLOSE = 1e-12
"""Sums of a few hundred products of order 1, in float64, differ by less, whatever their order."""

TILES = {  # done as tiles.py does it: N, C, H, W, F, HH, WW, stride, pad, dilation
    "tiles": (3, 7, 9, 6, 4, 3, 3, 1, 1, 1),
    "tiles that end below the picture": (2, 5, 7, 6, 3, 3, 2, 1, 0, 1),
    "a tile larger than the picture": (2, 4, 2, 3, 3, 3, 1, 1, 1, 1),
    "tiles of padding": (2, 3, 3, 4, 2, 3, 3, 1, 6, 1),
    "tiles for large filters": (2, 5, 9, 8, 3, 4, 2, 1, 2, 1),
    "tiles for filters of one row": (2, 3, 5, 19, 4, 1, 4, 1, 1, 1),
    "more tiles than a block of rows holds": (2, 3, 18, 37, 4, 3, 3, 1, 1, 1),
}
SLICES = {  # done as slices.py does it: N, C, H, W, F, HH, WW, stride, pad, dilation
    "slices": (3, 7, 8, 5, 4, 3, 3, 1, 1, 1),
    "slices that end below the picture": (2, 10, 7, 6, 3, 3, 2, 1, 0, 1),
    "a slice larger than the picture": (2, 20, 2, 3, 3, 3, 1, 1, 1, 1),
    "slices of padding": (2, 7, 3, 4, 2, 3, 3, 1, 6, 1),
    "slices for filters of four rows": (2, 10, 9, 8, 3, 4, 2, 1, 2, 1),
    "slices for filters of two parts": (2, 2, 9, 10, 3, 7, 5, 1, 3, 1),
    "slices for filters of three parts": (2, 2, 13, 9, 3, 11, 4, 1, 1, 1),
}
CONVOLUTIONS = {  # N, C, H, W, F, HH, WW, stride, pad, dilation
    "usual": (2, 3, 5, 6, 4, 3, 3, 1, 1, 1),
    "one picture, one channel, one filter": (1, 1, 4, 5, 1, 3, 2, 1, 0, 1),
    "a filter of one pixel": (2, 3, 4, 5, 2, 1, 1, 1, 0, 1),
    "one pixel, every third": (2, 3, 7, 8, 2, 1, 1, 3, 0, 1),
    "one pixel, much padding": (2, 3, 3, 4, 2, 1, 1, 1, 3, 1),
    "as large as the picture": (2, 3, 4, 5, 3, 4, 5, 1, 0, 1),
    "as large as the padded picture": (2, 3, 2, 3, 3, 4, 5, 2, 1, 1),
    "a tall filter": (2, 2, 8, 5, 3, 5, 2, 1, 1, 1),
    "a wide filter, stride 2": (2, 2, 5, 9, 3, 2, 5, 2, 2, 1),
    "windows that leave a rest": (2, 2, 8, 9, 3, 3, 3, 2, 0, 1),
    "windows with gaps between them": (2, 2, 9, 10, 3, 2, 2, 4, 1, 1),
    "stride 3, pad 2": (3, 2, 9, 8, 2, 4, 3, 3, 2, 1),
    "dilation 2": (2, 2, 7, 8, 3, 3, 2, 1, 1, 2),
    "dilation 2, stride 3": (2, 2, 9, 10, 3, 3, 2, 3, 2, 2),
    "dilation 3, stride 2": (2, 2, 9, 11, 3, 2, 3, 2, 1, 3),
    **SLICES,
    **TILES,
}
POOLS = {  # N, C, H, W, pool_height, pool_width, stride
    "tiling": (2, 3, 4, 6, 2, 2, 2),
    "overlapping": (2, 3, 7, 5, 3, 3, 2),
    "overlapping, wide": (2, 3, 5, 6, 2, 3, 1),
    "leaving a rest": (2, 3, 5, 7, 2, 2, 2),
    "with gaps": (2, 3, 7, 8, 2, 1, 3),
    "one pixel": (2, 3, 3, 4, 1, 1, 1),
    "the whole picture": (2, 3, 3, 4, 3, 4, 1),
    "more taps than a byte counts": (1, 2, 18, 17, 17, 16, 1),
}
convolutions = pytest.mark.parametrize("sizes", CONVOLUTIONS.values(), ids=CONVOLUTIONS)
pools = pytest.mark.parametrize("sizes", POOLS.values(), ids=POOLS)


@pytest.fixture(params=[1, 2, 5], autouse=True)
def threads(request, monkeypatch):
    """Run each test on one thread and on several, with blocks so small that there are many."""
    monkeypatch.setattr(parallel, "THREADS", request.param)
    monkeypatch.setattr(parallel, "BLOCK", 2000)
    return request.param


@pytest.fixture(autouse=True)
def tiles(request, monkeypatch):
    """Take tiles for the shapes in TILES, which are smaller than those for which they pay."""
    if request.node.callspec.params.get("sizes") in TILES.values():
        monkeypatch.setattr(fast_layers, "tiles_pay", lambda *sizes: True)


def a_convolution(sizes, dtype=float, seed=0):
    """Return x, w, b, conv_param of random numbers."""
    N, C, H, W, F, HH, WW, stride, pad, dilation = sizes
    rng = np.random.default_rng(seed)
    arrays = [rng.normal(size=shape) for shape in ((N, C, H, W), (F, C, HH, WW), F)]
    conv_param = {"stride": stride, "pad": pad, "dilation": dilation}
    return *(array.astype(dtype) for array in arrays), conv_param


def a_pool(sizes, values=4, seed=0):
    """Return x, of so few values that most windows have ties, and pool_param."""
    *shape, height, width, stride = sizes
    x = np.random.default_rng(seed).integers(-values, 0, size=shape).astype(float)
    return x, {"pool_height": height, "pool_width": width, "stride": stride}


def both_ways(inputs, seed=1):
    """Return out, dx, dw, db of a convolution, dout random."""
    out, cache = conv_forward_fast(*inputs)
    dout = np.random.default_rng(seed).normal(size=out.shape).astype(out.dtype)
    return out, *conv_backward_fast(dout, cache)


def gathered(x, HH, WW, stride, pad, dilation):
    """Return (N, C, HH, WW, H', W'), the pixel under each tap of each window, by indexing."""
    x = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    rows = np.arange(0, x.shape[2] - dilation * (HH - 1), stride)
    columns = np.arange(0, x.shape[3] - dilation * (WW - 1), stride)
    rows = rows[:, None] + dilation * np.arange(HH)[:, None, None, None]
    columns = columns + dilation * np.arange(WW)[:, None, None]
    return x[:, :, rows, columns]


@convolutions
def test_convolution_is_that_of_the_loops(sizes):
    inputs = a_convolution(sizes)
    out, cache = conv_forward_naive(*inputs)
    dout = np.random.default_rng(1).normal(size=out.shape)
    for fast, naive in zip(
        both_ways(inputs), (out, *conv_backward_naive(dout, cache)), strict=True
    ):
        assert fast.shape == naive.shape
        assert np.abs(fast - naive).max() < CLOSE


@convolutions
def test_convolution_is_a_sum_over_taps(sizes):
    x, w, b, conv_param = inputs = a_convolution((12, *sizes[1:]))
    taps = gathered(x, *w.shape[2:], **conv_param)
    out, dx, dw, db = both_ways(inputs)
    assert np.abs(out - np.einsum("ncklji,fckl->nfji", taps, w) - b[:, None, None]).max() < CLOSE

    dout = np.random.default_rng(1).normal(size=out.shape)
    v = np.random.default_rng(2).normal(size=x.shape)
    moved = np.einsum("ncklji,fckl->nfji", gathered(v, *w.shape[2:], **conv_param), w)
    assert np.abs(dw - np.einsum("ncklji,nfji->fckl", taps, dout)).max() < 10 * CLOSE
    assert np.sum(v * dx) == pytest.approx(np.sum(moved * dout), rel=1e-10, abs=1e-10)
    assert np.abs(db - dout.sum(axis=(0, 2, 3))).max() < CLOSE


@pools
def test_pooling_is_that_of_the_loops(sizes):
    x, pool_param = a_pool(sizes)
    (fast, fast_cache), (naive, cache) = (
        pool(x, pool_param) for pool in (max_pool_forward_fast, max_pool_forward_naive)
    )
    assert np.array_equal(fast, naive)

    dout = np.random.default_rng(1).normal(size=naive.shape)
    dx = max_pool_backward_fast(dout, fast_cache)
    assert np.abs(dx - max_pool_backward_naive(dout, cache)).max() < CLOSE


@pools
def test_each_window_hands_its_gradient_on_once(sizes):
    x, pool_param = a_pool(sizes, values=1)
    out, cache = max_pool_forward_fast(x, pool_param)
    dx = max_pool_backward_fast(np.ones(out.shape), cache)
    assert dx.sum() == out.size
    assert dx[:, :, 0, 0].tolist() == np.ones(x.shape[:2]).tolist()


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_floating_dtypes_are_kept(dtype):
    precise = both_ways(a_convolution(CONVOLUTIONS["usual"]))
    for array, exact in zip(
        both_ways(a_convolution(CONVOLUTIONS["usual"], dtype)), precise, strict=True
    ):
        assert array.dtype == dtype
        assert np.abs(array - exact).max() < 200 * np.finfo(dtype).eps

    x = a_pool(POOLS["overlapping"])[0].astype(dtype)
    out, cache = max_pool_forward_fast(x, a_pool(POOLS["overlapping"])[1])
    assert out.dtype == max_pool_backward_fast(out, cache).dtype == dtype


@pytest.mark.parametrize("rows", [2, 3, 4])
def test_products_of_values_are_values_of_the_product(rows):
    p, g = np.random.default_rng(0).normal(size=(2, 4))
    A, E, G = (slices.values(3 + rows, n) for n in (4, 3 + rows, rows))
    product = np.linalg.inv(E) @ ((G @ g[:rows]) * (A @ p))
    assert product == pytest.approx(np.convolve(p, g[:rows]))


@pytest.mark.parametrize("sizes", (SLICES | TILES).values(), ids=SLICES | TILES)
def test_fewer_multiplications_lose_few_digits(sizes):
    for single, double in zip(
        both_ways(a_convolution(sizes, np.float32)), both_ways(a_convolution(sizes)), strict=True
    ):
        error = np.linalg.norm(single - double) / np.linalg.norm(double)
        assert single.dtype == np.float32 and error < 10 * np.finfo(np.float32).eps


def way(x_shape, w_shape, **conv_param):
    """Return what a convolution of float32 is done by."""
    x, w = np.zeros(x_shape, np.float32), np.zeros(w_shape, np.float32)
    return type(fast_layers.best_way(x, w, {"stride": 1, "pad": 1} | conv_param, x.dtype)).__name__


@pytest.mark.parametrize(
    ("x_shape", "w_shape", "by"),
    [
        ((1, 32, 16, 16), (64, 32, 3, 3), "ByTiles"),
        ((1, 16, 32, 32), (32, 16, 3, 3), "ByTiles"),
        ((1, 16, 16, 16), (16, 16, 3, 3), "BySlices"),
        ((1, 3, 32, 32), (32, 3, 7, 7), "BySlices"),
        ((1, 32, 5, 5), (64, 32, 3, 3), "BySlices"),
        ((1, 3, 32, 32), (32, 3, 3, 3), "ByColumns"),
        ((1, 6, 14, 14), (16, 6, 5, 5), "ByColumns"),
        ((1, 64, 8, 8), (64, 64, 1, 1), "ByColumns"),
        ((1, 20, 9, 9), (16, 20, 2, 2), "ByColumns"),
    ],
)
def test_fewer_multiplications_where_they_pay(x_shape, w_shape, by):
    assert way(x_shape, w_shape) == by
    assert way(x_shape, w_shape, stride=2) == way(x_shape, w_shape, dilation=2) == "ByColumns"


def test_pictures_of_integers_are_convolved_exactly():
    _, w, b, conv_param = a_convolution(CONVOLUTIONS["stride 3, pad 2"])
    x = np.random.default_rng(0).integers(0, 256, size=(3, 2, 9, 8), dtype=np.uint8)
    for whole, real in zip(
        both_ways((x, w, b, conv_param)),
        both_ways((x.astype(float), w, b, conv_param)),
        strict=True,
    ):
        assert whole.dtype == float
        assert np.array_equal(whole, real)


def test_integers_are_pooled_as_they_are():
    x, pool_param = a_pool(POOLS["overlapping"])
    out, cache = max_pool_forward_fast(x.astype(np.int8), pool_param)
    assert out.dtype == np.int8
    assert np.array_equal(out, max_pool_forward_fast(x, pool_param)[0])
    assert max_pool_backward_fast(np.ones(out.shape, np.float32), cache).dtype == np.float32


def test_arrays_may_lie_in_memory_in_any_order():
    x, w, b, conv_param = a_convolution(CONVOLUTIONS["a wide filter, stride 2"])
    out, cache = conv_forward_fast(x, w, b, conv_param)
    strange, strange_cache = conv_forward_fast(
        np.asfortranarray(x), w[::-1].copy()[::-1], np.repeat(b, 2)[::2], conv_param
    )
    assert np.array_equal(out, strange)
    for here, there in zip(
        conv_backward_fast(np.asfortranarray(out), strange_cache),
        conv_backward_fast(out, cache),
        strict=True,
    ):
        assert np.abs(here - there).max() < CLOSE

    x, pool_param = a_pool(POOLS["overlapping"])
    out, cache = max_pool_forward_fast(x.transpose(0, 1, 3, 2), pool_param)
    assert np.array_equal(out, max_pool_forward_fast(x.transpose(0, 1, 3, 2).copy(), pool_param)[0])


@pytest.mark.parametrize("channels", [3, 7, 64], ids=["columns", "slices", "tiles"])
def test_a_batch_of_none_is_no_trouble(channels):
    out, dx, dw, db = both_ways(a_convolution((0, channels, 8, 8, 64, 3, 3, 1, 1, 1)))
    assert (out.shape, dx.shape) == ((0, 64, 8, 8), (0, channels, 8, 8))
    assert not dw.any() and not db.any()
    assert dw.shape == (64, channels, 3, 3) and db.shape == (64,)
    x, pool_param = a_pool((0, *POOLS["tiling"][1:]))
    out, cache = max_pool_forward_fast(x, pool_param)
    assert max_pool_backward_fast(out, cache).shape == x.shape


@convolutions
def test_nothing_is_written_into_arguments(sizes):
    x, w, b, conv_param = a_convolution(sizes)
    out, _ = conv_forward_fast(x, w, b, conv_param)
    for array in (x, w, b, out):
        array.flags.writeable = False
    conv_backward_fast(out, conv_forward_fast(x, w, b, conv_param)[1])
    pool_param = {"pool_height": 1, "pool_width": 1, "stride": 1}
    max_pool_backward_fast(x, max_pool_forward_fast(x, pool_param)[1])


def test_the_gradient_of_data_is_left_out_where_nobody_asks(monkeypatch):
    _, cache = conv_forward_fast(*a_convolution(CONVOLUTIONS["usual"]))
    dout = np.ones((2, 4, 5, 6))
    _, dw, db = conv_backward_fast(dout, cache)
    monkeypatch.setattr(columns.Columns, "spread", None)
    none, *same = conv_backward_fast(dout, cache, needs_dx=False)
    assert none is None
    assert np.array_equal(dw, same[0]) and np.array_equal(db, same[1])


def test_calling_twice_gives_the_same_twice():
    inputs = a_convolution((9, *CONVOLUTIONS["usual"][1:]))
    for first, second in zip(both_ways(inputs), both_ways(inputs), strict=True):
        assert np.array_equal(first, second)


@pytest.mark.parametrize(
    "sizes", [CONVOLUTIONS["stride 3, pad 2"], SLICES["slices"], TILES["tiles"]]
)
def test_the_number_of_threads_changes_no_bit(monkeypatch, sizes):
    inputs = a_convolution((23, *sizes[1:]), np.float32)
    here = both_ways(inputs)
    monkeypatch.setattr(parallel, "THREADS", 1)
    for several, one in zip(here, both_ways(inputs), strict=True):
        assert np.array_equal(several, one)


def test_where_no_thread_can_start_the_caller_does_it_all(monkeypatch):
    inputs = a_convolution((23, *CONVOLUTIONS["usual"][1:]))
    here = both_ways(inputs)

    def start(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)
    parallel.start_anew()
    for several, alone in zip(here, both_ways(inputs), strict=True):
        assert np.array_equal(several, alone)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_has_threads_of_its_own(monkeypatch):
    monkeypatch.setattr(parallel, "THREADS", 2)
    parallel.in_parallel(time.sleep, [0.01] * 4)
    child = os.fork()
    if not child:
        meeting = threading.Barrier(2)
        parallel.in_parallel(lambda _: meeting.wait(10), range(2))
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def test_work_that_no_thread_came_for_is_not_kept(monkeypatch):
    def start(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(parallel, "THREADS", 2)
    monkeypatch.setattr(threading.Thread, "start", start)
    monkeypatch.setattr(parallel, "pool", ThreadPoolExecutor())
    picture = np.zeros(1)
    kept = weakref.ref(picture)
    parallel.in_parallel(lambda k, held=picture: None, range(2))
    del picture
    gc.collect()
    assert kept() is None


def test_work_within_work_is_done_by_the_same_thread(monkeypatch):
    monkeypatch.setattr(parallel, "THREADS", 2)

    def outer(_):
        inner = parallel.in_parallel(lambda _: threading.get_ident(), range(3))
        return set(inner) == {threading.get_ident()}

    assert all(parallel.in_parallel(outer, range(4)))


def test_what_a_piece_of_work_raises_reaches_the_caller():
    with pytest.raises(ZeroDivisionError):
        parallel.in_parallel(lambda k: 1 / k, [3, 2, 1, 0])


def test_pieces_of_work_come_back_in_order():
    assert parallel.in_parallel(lambda k: k * k, range(50)) == [k * k for k in range(50)]
    assert parallel.in_parallel(abs, []) == []


@pytest.mark.parametrize("pictures", [1, 2, 7, 8, 9, 100])
@pytest.mark.parametrize("bytes_each", [1, 700, 5000])
def test_strips_cut_a_batch_into_blocks(pictures, bytes_each):
    strips, largest = parallel.strips(pictures, bytes_each)
    blocks = [block for strip in strips for block in strip]
    assert [k for block in blocks for k in range(pictures)[block]] == list(range(pictures))
    assert len(strips) <= parallel.STRIPS
    for block in blocks:
        size = block.stop - block.start
        assert size == 1 or size * bytes_each <= parallel.BLOCK
        assert size <= largest


@pytest.mark.parametrize(("pictures", "in_a_block", "blocks"), [(100, 40, 4), (9, 2, 8), (5, 2, 4)])
def test_few_blocks_are_as_many_as_threads_can_share(pictures, in_a_block, blocks):
    strips, size = parallel.strips(pictures, parallel.BLOCK // in_a_block)
    sizes = [block.stop - block.start for (block,) in strips]
    assert len(strips) == blocks and max(sizes) == size <= min(sizes) + 1


def test_threads_of_our_own_only_where_blas_has_none(monkeypatch):
    for name in parallel.BLAS_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    assert parallel.cores() == 1
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    assert parallel.cores() == 1
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    monkeypatch.setattr(parallel.os, "sched_getaffinity", lambda process: {0, 2, 5}, raising=False)
    assert parallel.cores() == 3


def test_the_columns_of_a_batch_are_never_there_at_once(monkeypatch, threads):
    monkeypatch.setattr(parallel, "BLOCK", 2**17)
    inputs = a_convolution((256, 8, 16, 16, 8, 3, 3, 1, 1, 1), np.float32)
    out = both_ways(inputs)[0]
    columns = 9 * inputs[0].nbytes
    tracemalloc.start()
    conv_backward_fast(out, conv_forward_fast(*inputs)[1])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < out.nbytes + inputs[0].nbytes + threads * 5 * 2**17 < columns / 2


def test_a_filter_larger_than_the_picture_is_refused():
    x, w, b, conv_param = a_convolution(CONVOLUTIONS["usual"])
    with pytest.raises(
        ValueError, match="a window of width 3 has no place on a picture of width 2"
    ):
        conv_forward_fast(x[:, :, :, :2], w, b, conv_param | {"pad": 0})
    with pytest.raises(ValueError, match="have 2 channels and the filters 3"):
        conv_forward_fast(x[:, :2], w, b, conv_param)
