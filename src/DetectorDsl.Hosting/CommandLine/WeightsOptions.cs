using System.CommandLine;
using DetectorDsl.Weights;
using DetectorDsl.Weights.Naming;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>Options that say how a weights file is to be taken.</summary>
internal sealed class WeightsOptions
{
    public Option<string?> Naming { get; } =
        NamingOption("--naming", "Whose names the weights file bears. Default: found out by the names.");

    public Option<string?> Key { get; } =
        new("--key")
        {
            Description =
                "Which part of a weights file that holds several: its keys joined by full stops (ema.module), or what the part's names begin with. Default: the model's.",
            HelpName = "key",
        };

    public Option<bool> CaffePixels { get; } =
        new("--caffe-pixels")
        {
            Description =
                "The weights file's network takes pixels as Caffe's do (blue, green, red; std 1), as most of detectron2's: its first convolution is converted.",
        };

    public Option<bool> Strict { get; } =
        new("--strict") { Description = "Refuse a weights file in which anything is missing, unexpected or of another shape." };

    /// <summary>An option whose value is a naming scheme.</summary>
    public static Option<string?> NamingOption(string name, string description)
    {
        string[] names = [.. NamingScheme.All.Select(naming => naming.Name)];
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', names) };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    /// <summary>The scheme that an option names; null where it is absent.</summary>
    public static NamingScheme? Scheme(ParseResult arguments, Option<string?> option) =>
        arguments.GetValue(option) is { } name ? NamingScheme.All.Single(naming => naming.Name == name) : null;

    /// <summary>A file, to be taken as the options say.</summary>
    public WeightsSource Source(ParseResult arguments, string path) =>
        new(path)
        {
            Naming = Scheme(arguments, Naming),
            Key = arguments.GetValue(Key),
            HasCaffePixels = arguments.GetValue(CaffePixels),
            IsStrict = arguments.GetValue(Strict),
        };
}
