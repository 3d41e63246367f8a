using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Weights.PyTorch;

/// <summary>A dictionary as pickled: pairs in their order.</summary>
internal sealed class PickleDictionary
{
    private List<(object? Key, object? Value)>? pairs;

    /// <summary>The pairs whose key is a text; of several with one key the last, as in Python.</summary>
    public IEnumerable<(string Key, object? Value)> Texts
    {
        get
        {
            var last = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var (key, value) in pairs ?? [])
            {
                if (key is string text)
                {
                    last[text] = value;
                }
            }

            return last.Select(pair => (pair.Key, pair.Value));
        }
    }

    /// <summary>All values.</summary>
    public IEnumerable<object?> Values => (pairs ?? []).Select(pair => pair.Value);

    public object? this[string key] => pairs?.LastOrDefault(pair => pair.Key is string text && text == key).Value;

    public void Add(object? key, object? value) => (pairs ??= []).Add((key, value));
}

/// <summary>A Python class or function by name. None is ever looked up, far less called.</summary>
internal sealed record PickleGlobal(string Name);

/// <summary>An object that no tensor needs, of a known kind.</summary>
internal sealed class PickleOpaque
{
    public static PickleOpaque Instance { get; } = new();
}

/// <summary>Bytes by their place in the pickle: arrays are large, and are read when asked for.</summary>
/// <param name="Position">The first byte.</param>
/// <param name="Length">How many.</param>
internal sealed record PickleBytes(int Position, int Length);

/// <summary>An object that is made empty and given its content afterwards.</summary>
internal abstract class PickleState
{
    /// <summary>Takes the content; false where it is not one of such an object.</summary>
    public abstract bool TrySet(object? state);
}

/// <summary>A flat run of numbers elsewhere in the file.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Type">Type of the numbers.</param>
/// <param name="Count">How many.</param>
internal sealed record StorageReference(string Key, ScalarType Type, long Count);

/// <summary>A view of a storage.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Offset">Its first number.</param>
/// <param name="Shape">Lengths of the axes.</param>
/// <param name="Strides">Steps along the axes, in numbers.</param>
internal sealed record TensorReference(StorageReference Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Numbers from the first to the last, both included; 0 for an empty tensor.</summary>
    public long Span => Shape.Contains(0) ? 0 : checked(Shape.Zip(Strides, (length, stride) => checked((length - 1) * stride)).Sum() + 1);

    /// <summary>Numbers of the tensor, those that it repeats counted again.</summary>
    public long Count => Shape.Aggregate(1L, (product, length) => checked(product * length));

    /// <summary>Whether its numbers follow one another, the last axis fastest.</summary>
    public bool IsContiguous
    {
        get
        {
            var step = 1L;
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                if (Shape[axis] != 1 && Strides[axis] != step)
                {
                    return Shape.Contains(0);
                }

                step *= Shape[axis];
            }

            return true;
        }
    }

    /// <summary>Whether it lies within its storage.</summary>
    public bool IsWithinStorage
    {
        get
        {
            try
            {
                return Offset >= 0
                    && Shape.Length == Strides.Length
                    && Shape.All(length => length >= 0)
                    && Strides.All(stride => stride >= 0)
                    && checked(Offset + Span) <= Storage.Count
                    && Shape.Aggregate(1L, (product, length) => checked(product * Math.Max(length, 1))) > 0;
            }
            catch (OverflowException)
            {
                return false;
            }
        }
    }
}
