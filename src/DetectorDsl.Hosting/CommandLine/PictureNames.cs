using DetectorDsl.Hosting.Reporting;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>Names of the pictures that predictions are drawn in.</summary>
internal static class PictureNames
{
    /// <summary>A name for the picture of each file; files of one name from several folders get a number.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> files)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = new List<string>(files.Count);
        foreach (var file in files)
        {
            var stem = PictureFileName.Stem(file);
            var name = stem;
            for (var number = 2; !taken.Add(name); number++)
            {
                name = $"{stem}-{number}";
            }

            names.Add(name + ".jpg");
        }

        return names;
    }
}
