using DetectorDsl.Weights.Naming;

namespace DetectorDsl.Weights;

/// <summary>A weights file, and how it is to be taken.</summary>
/// <param name="Path">The file: safetensors, PyTorch's <c>.pth</c> or <c>.pt</c>, detectron2's <c>.pkl</c>.</param>
public sealed record WeightsSource(string Path)
{
    /// <summary>Whose names its tensors bear; null (default) finds out.</summary>
    public NamingScheme? Naming { get; init; }

    /// <summary>Which part of it is taken, where it holds several: the keys that lead to a state dict, joined by full stops (<c>ema.module</c>), or what the
    /// names of the part begin with. Default null: the model's.</summary>
    public string? Key { get; init; }

    /// <summary>Whether its network takes pixels as Caffe's do: blue, green, red, less the mean, with a std of 1. Default false.</summary>
    public bool HasCaffePixels { get; init; }

    /// <summary>Whether anything missing, unexpected or of another shape is an error. Default false: what fits is taken.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The file, where it is open already; stays its owner's. Null (default) opens it anew whenever it is read. What is taken from one opening is of one
    /// state, whatever replaces the file meanwhile.</summary>
    public WeightsFile? Opened { get; init; }
}
