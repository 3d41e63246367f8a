using DetectorDsl.Native;
using DetectorDsl.Structures;

namespace DetectorDsl.Torch.Convolutions;

/// <summary>How convolutions are computed on the CPU. A process has one form, which can become more cautious but never less.</summary>
/// <remarks>On some machines oneDNN 3.7.1, which libtorch 2.10 brings along, divides by zero in large 1 x 1 convolutions, and the process ends without a word.</remarks>
internal sealed record ConvolutionForm
{
    /// <summary>The variable of the environment that forces a form, for tests on machines without the fault.</summary>
    public const string Variable = "DETECTORDSL_CONVOLUTIONS";

    /// <summary>The key of checkpoints' metadata under which the form of their run stands.</summary>
    public const string Key = "convolutions";

    /// <summary>As the library computes them, which is fastest.</summary>
    public static readonly ConvolutionForm Library = new("library", pointwiseAsProducts: false, usesOneDnn: true);

    /// <summary>Pointwise ones as products of matrices, the others as the library computes them.</summary>
    public static readonly ConvolutionForm Products = new("products", pointwiseAsProducts: true, usesOneDnn: true);

    /// <summary>Pointwise ones as products of matrices, the others without oneDNN, which is slow.</summary>
    public static readonly ConvolutionForm Plain = new("plain", pointwiseAsProducts: true, usesOneDnn: false);

    private static volatile ConvolutionForm current = Find(Environment.GetEnvironmentVariable(Variable)) ?? Library;

    private ConvolutionForm(string name, bool pointwiseAsProducts, bool usesOneDnn) =>
        (Name, PointwiseAsProducts, UsesOneDnn) = (name, pointwiseAsProducts, usesOneDnn);

    /// <summary>All forms, the fastest first and the most cautious last.</summary>
    public static IReadOnlyList<ConvolutionForm> All => [Library, Products, Plain];

    /// <summary>The form of this process.</summary>
    public static ConvolutionForm Current => current;

    /// <summary>The form that the environment forces; null where it does not.</summary>
    /// <exception cref="BadInputException">It names no form.</exception>
    public static ConvolutionForm? Forced =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name
            ? Find(name)
                ?? throw new BadInputException($"{Variable} is '{name}'. There are {string.Join(", ", All.Select(form => form.Name))}.")
            : null;

    /// <summary>What files call it.</summary>
    public string Name { get; }

    /// <summary>Whether pointwise convolutions are products of matrices.</summary>
    public bool PointwiseAsProducts { get; }

    /// <summary>Whether oneDNN may compute the others.</summary>
    public bool UsesOneDnn { get; }

    /// <summary>The form of a name; null where there is none.</summary>
    public static ConvolutionForm? Find(string? name) => All.FirstOrDefault(form => form.Name == name);

    /// <summary>Makes the process compute in a form, where it does not compute in a more cautious one already.</summary>
    public static void Enter(ConvolutionForm form)
    {
        if (form.Caution > current.Caution)
        {
            current = form;
        }

        if (!current.UsesOneDnn)
        {
            ConvolutionLibraries.DisableOneDnn();
        }
    }

    private int Caution => (PointwiseAsProducts ? 1 : 0) + (UsesOneDnn ? 0 : 1);
}
