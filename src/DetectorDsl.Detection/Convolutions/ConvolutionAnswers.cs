using DetectorDsl.Native.Files;
using DetectorDsl.Torch.Convolutions;

namespace DetectorDsl.Detection.Convolutions;

/// <summary>What has been found out about convolutions, kept between processes in the user's folder for caches; where there is none, nothing is kept.</summary>
internal static class ConvolutionAnswers
{
    private const string Kind = "convolutions";

    /// <summary>The form that was found for a key; null where none was.</summary>
    public static ConvolutionForm? Find(string key)
    {
        foreach (var root in CacheRoots.All)
        {
            try
            {
                if (ConvolutionForm.Find(File.ReadAllText(Path.Combine(CacheRoots.Below(root, Kind), key)).Trim()) is { } form)
                {
                    return form;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Not here.
            }
        }

        return null;
    }

    /// <summary>Keeps an answer.</summary>
    public static void Keep(string key, ConvolutionForm form)
    {
        if (CacheRoots.Writable(Kind) is not { } folder)
        {
            return;
        }

        var temporary = Path.Combine(folder, $"{key}.{Environment.ProcessId}.tmp");
        try
        {
            File.WriteAllText(temporary, form.Name);
            File.Move(temporary, Path.Combine(folder, key), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Found out again next time.
        }
    }
}
