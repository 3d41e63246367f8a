using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Weights.PyTorch;

/// <summary>The Python names that may stand in a state dict, and what becomes of a call. All others are refused.</summary>
internal static class TorchGlobals
{
    private static readonly ImmutableDictionary<string, Func<object?[], object?>> Calls = new Dictionary<string, Func<object?[], object?>>
    {
        ["collections.OrderedDict"] = OrderedDict,
        ["torch._utils._rebuild_tensor_v2"] = Tensor,
        ["torch._utils._rebuild_tensor"] = Tensor,
        ["torch._utils._rebuild_parameter"] = arguments => arguments is [TensorReference tensor, ..] ? tensor : PickleOpaque.Instance,
        ["torch.Size"] = arguments => arguments is [object?[] sizes] ? sizes : PickleOpaque.Instance,
        ["numpy.core.multiarray._reconstruct"] = NumpyArray.Of,
        ["numpy._core.multiarray._reconstruct"] = NumpyArray.Of,
        ["numpy.dtype"] = NumpyType.Of,
    }.ToImmutableDictionary();

    private static readonly ImmutableDictionary<string, ScalarType> Storages = new Dictionary<string, ScalarType>
    {
        ["torch.FloatStorage"] = ScalarType.Float32,
        ["torch.DoubleStorage"] = ScalarType.Float64,
        ["torch.HalfStorage"] = ScalarType.Float16,
        ["torch.BFloat16Storage"] = ScalarType.BFloat16,
        ["torch.LongStorage"] = ScalarType.Int64,
        ["torch.IntStorage"] = ScalarType.Int32,
        ["torch.ShortStorage"] = ScalarType.Int16,
        ["torch.CharStorage"] = ScalarType.Int8,
        ["torch.ByteStorage"] = ScalarType.Byte,
        ["torch.BoolStorage"] = ScalarType.Bool,
    }.ToImmutableDictionary();

    // What training tools keep beside the weights: history, settings, versions. It is passed over, never made.
    private static readonly ImmutableArray<string> PassedOver =
    [
        "numpy.",
        "mmengine.",
        "mmcv.",
        "mmdet.",
        "torch.device",
        "torch.dtype",
        "torch.float",
        "torch.int",
        "torch.long",
        "argparse.Namespace",
        "collections.defaultdict",
        "collections.deque",
        "collections.Counter",
        "datetime.",
        "pathlib.",
        "builtins.set",
        "builtins.slice",
        "_codecs.encode",
        "__builtin__.set",
        "yacs.config.CfgNode",
        "omegaconf.",
        "typing.",
    ];

    public static bool Knows(string name) =>
        Calls.ContainsKey(name) || Storages.ContainsKey(name) || PassedOver.Any(known => name.StartsWith(known, StringComparison.Ordinal));

    /// <summary>What a name stands for that a state dict may hold and this library does not compute with; null for other names.</summary>
    public static string? Unsupported(string name) =>
        name switch
        {
            "torch._utils._rebuild_qtensor" => "quantized tensors",
            "torch._utils._rebuild_sparse_tensor" or "torch._utils._rebuild_sparse_csr_tensor" => "sparse tensors",
            "torch._utils._rebuild_tensor_v3" or "torch._utils._rebuild_wrapper_subclass" =>
                "tensors of a type that PyTorch alone knows, such as floats of 8 bits",
            _ when name.StartsWith("torch.", StringComparison.Ordinal) && name.EndsWith("Storage", StringComparison.Ordinal) =>
                "numbers of another type",
            _ when name.StartsWith("__torch__.", StringComparison.Ordinal) => "a program of TorchScript",
            _ => null,
        };

    /// <summary>What a call yields: a dictionary, a tensor, an array, sizes, or something passed over; null where the arguments are not those of the call.</summary>
    public static object? Call(PickleGlobal global, object?[] arguments) =>
        Calls.TryGetValue(global.Name, out var call) ? call(arguments) : PickleOpaque.Instance;

    /// <summary>The storage that a persistent id names: ('storage', class, key, device, count).</summary>
    public static StorageReference? Storage(object? id) =>
        id is object?[] and ["storage", PickleGlobal kind, string key, _, long count, ..] && Storages.TryGetValue(kind.Name, out var type)
            ? new StorageReference(key, type, count)
            : null;

    private static object? OrderedDict(object?[] arguments)
    {
        var dictionary = new PickleDictionary();
        if (arguments is [List<object?> pairs])
        {
            foreach (var pair in pairs)
            {
                if (pair is List<object?> and [var key, var value])
                {
                    dictionary.Add(key, value);
                }
                else if (pair is object?[] and [var first, var second])
                {
                    dictionary.Add(first, second);
                }
            }
        }

        return dictionary;
    }

    private static object? Tensor(object?[] arguments) =>
        arguments
            is [
                StorageReference storage,
                long offset,
                object?[] { Length: <= FileValues.MostAxes } shape,
                object?[] { Length: <= FileValues.MostAxes } strides,
                ..,
            ]
        && shape.All(IsNumber)
        && strides.All(IsNumber)
            ? new TensorReference(storage, offset, [.. shape.Cast<long>()], [.. strides.Cast<long>()])
            : null;

    private static bool IsNumber(object? value) => value is long;
}
