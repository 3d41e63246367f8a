using DetectorDsl.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Weights;

/// <summary>Looks for values that are not finite.</summary>
internal static class FiniteValues
{
    /// <summary>Finds the first tensor that holds such a value; the device is waited for once.</summary>
    /// <param name="tensors">Tensors by name, on one device; those of whole numbers are passed over.</param>
    /// <returns>Its name; null where all values are finite.</returns>
    public static string? FirstWithout(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var floats = tensors.Where(pair => pair.Value.is_floating_point()).ToList();
        if (floats.Count == 0)
        {
            return null;
        }

        // A sum over |w| x 0 is NaN exactly where some w is NaN or infinite, and cannot overflow.
        var flags = stack([.. floats.Select(pair => pair.Value.mul(Scalars.Of(0)).sum().to(ScalarType.Float32))])
            .cpu()
            .data<float>()
            .ToArray();
        var first = Array.FindIndex(flags, float.IsNaN);
        return first < 0 ? null : floats[first].Key;
    }
}
