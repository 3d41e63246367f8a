namespace DetectorDsl.Generators.Planning.Code;

/// <summary>Names of the types that are generated beside a declaration: its own, and what stands behind it.</summary>
internal static class GeneratedTypes
{
    /// <summary>The training, of which a part may be the user's.</summary>
    public const string Training = "Training";

    /// <summary>What stands behind the name of the types of every declaration, beside the training.</summary>
    public static readonly string[] Always =
    [
        "Categories",
        "CommandLine",
        "Description",
        "Detector",
        "Losses",
        "Model",
        "Names",
        "Options",
        "Predictor",
        "Trainer",
    ];

    /// <summary>What stands behind the name of the types that some declarations have: layers that are written out for them.</summary>
    public static readonly string[] Layers = ["Backbone", "BoxHead", "DenseHead", "MaskHead", "Neck", "RoiHead", "RpnHead"];

    /// <summary>All of them.</summary>
    public static readonly string[] All = [.. Always, Training, .. Layers];
}
