using System.CommandLine;
using System.Globalization;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>Ids of images as people write them: <c>1-8,12</c>.</summary>
internal static class ImageIds
{
    private const long Most = 10_000_000;

    public static Option<IReadOnlySet<long>?> CreateOption() =>
        new("--image-ids")
        {
            Description = "Only these images of the annotations, for training and evaluation alike, such as 1-8,12. Default: all.",
            HelpName = "ids",
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (Parse(text) is { } ids)
                {
                    return ids;
                }

                result.AddError($"--image-ids {text}: ids and ranges of ids separated by commas are wanted, such as 1-8,12.");
                return null;
            },
        };

    /// <summary>The ids; null where the text is of another form, or names more than ten million.</summary>
    public static IReadOnlySet<long>? Parse(string text)
    {
        var ids = new HashSet<long>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (
                ends.Length > 2
                || !TryRead(ends[0], out var first)
                || !TryRead(ends[^1], out var last)
                || last < first
                || last - first > Most - ids.Count
            )
            {
                return null;
            }

            for (var id = first; id <= last; id++)
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private static bool TryRead(string text, out long id) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);
}
