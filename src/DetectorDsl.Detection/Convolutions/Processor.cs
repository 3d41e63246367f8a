using System.Runtime.InteropServices;

namespace DetectorDsl.Detection.Convolutions;

/// <summary>What tells this machine's processor from others.</summary>
internal static class Processor
{
    private const string Information = "/proc/cpuinfo";
    private static readonly string[] Fields =
    [
        "vendor_id",
        "cpu family",
        "model",
        "model name",
        "stepping",
        "cache size",
        "flags",
        "CPU implementer",
        "CPU part",
        "Features",
    ];

    /// <summary>Maker, model, caches and abilities, as the system states them.</summary>
    public static string Description { get; } = Describe();

    private static string Describe()
    {
        try
        {
            return string.Join(
                '\n',
                File.ReadLines(Information).TakeWhile(line => line.Length > 0).Where(line => Fields.Contains(line.Split(':')[0].Trim()))
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")} {RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}";
        }
    }
}
