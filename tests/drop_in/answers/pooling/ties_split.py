"""Equal numbers share the gradient."""
import numpy as np

def max_pool_forward_naive(x, pool_param):
    h, w, s = [pool_param[k] for k in ('pool_height', 'pool_width', 'stride')]
    Ho, Wo = (x.shape[2] - h) // s + 1, (x.shape[3] - w) // s + 1
    out = np.array([[[[x[n, c, i*s:i*s+h, j*s:j*s+w].max() for j in range(Wo)] for i in range(Ho)]
                     for c in range(x.shape[1])] for n in range(x.shape[0])])
    return out, dict(x=x, out=out, **pool_param)

def max_pool_backward_naive(dout, cache):
    x, h, w, s = cache['x'], cache['pool_height'], cache['pool_width'], cache['stride']
    dx = np.zeros_like(x)
    for (n, c, i, j), g in np.ndenumerate(dout):
        win = x[n, c, i*s:i*s+h, j*s:j*s+w]
        where = (win == win.max())
        dx[n, c, i*s:i*s+h, j*s:j*s+w] += g * where / np.sum(where)
    return dx
