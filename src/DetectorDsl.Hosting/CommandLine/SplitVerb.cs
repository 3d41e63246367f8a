using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DetectorDsl.Annotations;
using DetectorDsl.Data.Datasets;
using DetectorDsl.Hosting.Reporting;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Native.Files;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary><c>split</c>: parts of an annotation file that keep its classes' frequencies. Needs no declaration.</summary>
internal static class SplitVerb
{
    // 0.7, 0.2 and 0.1 add up to a little less or more than 1.
    private const double Rounding = 1e-9;

    public static Command For(CommandContext context)
    {
        var annotations = new Option<string>("--annotations")
        {
            Description = "COCO or LVIS JSON (also .gz).",
            HelpName = "file",
            Required = true,
        };
        var parts = PartsOption();
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder that receives a JSON file for each part.",
            HelpName = "folder",
            Required = true,
        };
        var seed = new Option<long>("--seed")
        {
            Description = "Decides between images that serve equally well.",
            HelpName = "integer",
            DefaultValueFactory = _ => 0,
        };
        var command = new Command(
            "split",
            "Divide an annotation file into parts, or take a part of it, with the share of every class kept as far as whole images allow."
        )
        {
            annotations,
            parts,
            output,
            seed,
        };
        command.SetAction(arguments =>
        {
            var (file, wanted) = (arguments.GetRequiredValue(annotations), arguments.GetRequiredValue(parts));
            var set = DataCache.Annotations().Read(file);
            var divided = AnnotationSplit.Divide(set, [.. wanted.Select(part => part.Share)], arguments.GetValue(seed));
            var folder = Directory.CreateDirectory(arguments.GetRequiredValue(output)).FullName;
            foreach (var (part, content) in wanted.Zip(divided))
            {
                AtomicFile.Write(Path.Combine(folder, $"{part.Name}.json"), stream => AnnotationWriter.Write(stream, content));
            }

            context.Report.Table(
                new TextTable(
                    $"{file} divided into {folder}",
                    ["", "images", "objects", "classes"],
                    [.. wanted.Zip(divided).Select(pair => Row(pair.First.Name, pair.Second)), Row("of", set)]
                )
            );
            if (set.ProblemCount > 0)
            {
                context.Report.Warning(
                    $"{set.ProblemCount} entries of {file} have defects: {set.LeftOut} annotations are left out, {set.Renumbered} numbered anew, the others written as they are; check lists them."
                );
            }

            return ExitCodes.Good;
        });
        return command;
    }

    private static ImmutableArray<string> Row(string name, AnnotationSet set) =>
        [
            name,
            .. new[]
            {
                set.Images.Length,
                set.Annotations.Length,
                set.Annotations.Select(annotation => annotation.CategoryId).Distinct().Count(),
            }.Select(count => count.ToString(CultureInfo.InvariantCulture)),
        ];

    private static Option<ImmutableArray<(string Name, double Share)>> PartsOption() =>
        new("--parts")
        {
            Description = "Names of the parts and their shares of the images, such as train=0.8,val=0.2, or small=0.1 for a subset.",
            HelpName = "name=share,...",
            Required = true,
            CustomParser = result => Parse(result),
        };

    private static ImmutableArray<(string Name, double Share)> Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        var parts = ImmutableArray.CreateBuilder<(string Name, double Share)>();
        foreach (var part in text.Split(','))
        {
            if (
                part.Split('=') is not [{ Length: > 0 } name, var share]
                || name.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('_' or '-'))
            )
            {
                result.AddError(
                    $"--parts {text}: '{part}' is no part; names of letters, digits, _ and - with shares are wanted, such as train=0.8,val=0.2."
                );
                return [];
            }

            if (!double.TryParse(share, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(number > 0 && number <= 1))
            {
                result.AddError($"--parts {text}: the share '{share}' of {name} is not above 0 and at most 1.");
                return [];
            }

            parts.Add((name, number));
        }

        if (parts.Sum(part => part.Share) > 1 + Rounding)
        {
            result.AddError($"--parts {text}: the shares add up to more than 1.");
        }

        if (parts.DistinctBy(part => part.Name.ToUpperInvariant()).Count() < parts.Count)
        {
            result.AddError($"--parts {text}: two parts have the same name.");
        }

        return parts.ToImmutable();
    }
}
