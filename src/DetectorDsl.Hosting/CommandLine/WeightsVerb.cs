using System.CommandLine;
using DetectorDsl.Detection.Preparation;
using DetectorDsl.Hosting.Reporting;
using DetectorDsl.Hosting.Trainers;
using DetectorDsl.Native;
using DetectorDsl.Native.Files;
using DetectorDsl.Training;
using DetectorDsl.Weights;
using DetectorDsl.Weights.Naming;
using TorchSharp;
using static TorchSharp.torch;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary><c>weights</c>: what a file of weights holds, how it fits a declaration, and the same as safetensors, under other names where asked for.</summary>
internal static class WeightsVerb
{
    public static Command For(IReadOnlyList<DetectorTrainer> trainers, CommandContext context)
    {
        var verb = new Command(
            "weights",
            "Show what a weights file holds (safetensors, PyTorch's .pth and .pt, detectron2's .pkl) and how it fits, or convert it to safetensors."
        )
        {
            Inspect(trainers, context),
            Convert(trainers, context),
        };
        verb.SetAction((Func<ParseResult, int>)(_ => throw new UsageException("weights: name what to do; there are inspect and convert.")));
        return verb;
    }

    private static Command Inspect(IReadOnlyList<DetectorTrainer> trainers, CommandContext context)
    {
        var (file, options, declaration) = (
            FileArgument(),
            new WeightsOptions(),
            DeclarationOption(trainers, "Tell how the file's weights fit this declaration; exit code 4 where they fit in part.")
        );
        var command = new Command("inspect", "List every tensor with its type and shape, or tell how they fit a declaration.")
        {
            file,
            declaration,
            options.Naming,
            options.Key,
            options.CaffePixels,
            options.Strict,
        };
        command.SetAction(arguments =>
            arguments.GetValue(declaration) is { } name
                ? Compare(
                    options.Source(arguments, arguments.GetRequiredValue(file)),
                    trainers.Single(trainer => trainer.Name == name),
                    context
                )
                : List(options.Source(arguments, arguments.GetRequiredValue(file)), context)
        );
        return command;
    }

    private static int List(WeightsSource source, CommandContext context)
    {
        using var weights = WeightsFile.Open(source);
        foreach (var name in weights.TensorNames)
        {
            var (type, shape) = weights.Describe(name);
            context.Output.WriteLine($"{name}  {type}  [{string.Join(", ", shape)}]");
        }

        if (weights.Metadata.TryGetValue(PreprocessingText.Key, out var preprocessing))
        {
            context.Output.WriteLine($"{PreprocessingText.Key}: {preprocessing}");
        }

        foreach (var remark in weights.Remarks)
        {
            context.Report.Warning(remark);
        }

        var numbers = weights.TensorNames.Sum(name => weights.Describe(name).Shape.Aggregate(1L, (product, length) => product * length));
        context.Output.WriteLine(FormattableString.Invariant($"{weights.TensorNames.Count()} tensors, {numbers:N0} numbers"));
        return ExitCodes.Good;
    }

    private static int Compare(WeightsSource source, DetectorTrainer trainer, CommandContext context)
    {
        TorchLibrary.EnsureLoaded();
        using var model = trainer.CreateModel();
        var report = Checkpoint.LoadWeights(source, model, trainer.Names, expected: null);
        foreach (var line in LoadTable.Lines(source.Path, report))
        {
            context.Output.WriteLine(line);
        }

        return report.IsComplete ? ExitCodes.Good : ExitCodes.FitsInPart;
    }

    private static Command Convert(IReadOnlyList<DetectorTrainer> trainers, CommandContext context)
    {
        var (file, options, declaration) = (
            FileArgument(),
            new WeightsOptions(),
            DeclarationOption(trainers, "The declaration whose layers are renamed; needed with --to where the program holds several.")
        );
        var target = new Argument<string>("target") { Description = "The safetensors file to write; an existing one is replaced." };
        var to = WeightsOptions.NamingOption("--to", "Whose names and layout to write. Default: the file's own.");
        var command = new Command("convert", "Write the same tensors as safetensors, under the same names or under another software's.")
        {
            file,
            target,
            to,
            declaration,
            options.Naming,
            options.Key,
            options.CaffePixels,
        };
        command.SetAction(arguments =>
        {
            TorchLibrary.EnsureLoaded();
            using var scope = NewDisposeScope();
            var source = options.Source(arguments, arguments.GetRequiredValue(file));
            if (WeightsOptions.Scheme(arguments, to) is { } naming)
            {
                var trainer =
                    arguments.GetValue(declaration) is { } name ? trainers.Single(trainer => trainer.Name == name)
                    : trainers.Count == 1 ? trainers[0]
                    : throw new UsageException(
                        $"weights convert: name a declaration with --declaration; there are {string.Join(", ", trainers.Select(trainer => trainer.Name))}."
                    );
                Translate(source, arguments.GetRequiredValue(target), naming, trainer.Names, context);
            }
            else
            {
                Copy(source, arguments.GetRequiredValue(target), context);
            }

            return ExitCodes.Good;
        });
        return command;
    }

    private static void Copy(WeightsSource source, string target, CommandContext context)
    {
        if (source.Naming is not null || source.HasCaffePixels)
        {
            throw new UsageException("weights convert: --naming and --caffe-pixels need --to, which says whose names and layout to write.");
        }

        using var weights = WeightsFile.Open(source);
        var tensors = weights.TensorNames.Select(name => KeyValuePair.Create(name, weights.Read(name))).ToList();
        SafetensorsFile.Write(target, tensors, weights.Metadata, weights.HasChecksum, AtomicFile.Write);
        foreach (var remark in weights.Remarks)
        {
            context.Report.Warning(remark);
        }

        context.Output.WriteLine($"{tensors.Count} tensors written to {target}.");
    }

    private static void Translate(WeightsSource source, string target, NamingScheme naming, ModelNames names, CommandContext context)
    {
        using var weights = NamedWeights.Open(source, names);
        var translation = Translation.Of(weights, names, naming);
        if (translation.Tensors.IsEmpty)
        {
            throw new WeightsException(
                $"{source.Path}: no tensor has a name in {naming}; the first is '{weights.TensorNames.FirstOrDefault()}'. Convert weights of the declaration's kind."
            );
        }

        SafetensorsFile.Write(target, translation.Tensors, weights.Metadata, weights.HasChecksum, AtomicFile.Write);
        foreach (var remark in weights.Remarks)
        {
            context.Report.Warning(remark);
        }

        foreach (var name in translation.LeftOut)
        {
            context.Output.WriteLine($"left out, {naming} has no place for it: {name}");
        }

        context.Output.WriteLine($"{translation.Tensors.Length} tensors ({weights.Title}) written to {target} as {naming} names them.");
    }

    private static Argument<string> FileArgument() => new("file") { Description = "The weights file." };

    private static Option<string?> DeclarationOption(IReadOnlyList<DetectorTrainer> trainers, string description)
    {
        string[] names = [.. trainers.Select(trainer => trainer.Name)];
        var option = new Option<string?>("--declaration") { Description = description, HelpName = string.Join('|', names) };
        option.AcceptOnlyFromAmong(names);
        return option;
    }
}
