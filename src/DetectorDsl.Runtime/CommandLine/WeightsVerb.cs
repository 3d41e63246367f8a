using System.CommandLine;
using DetectorDsl.Runtime.Native;
using DetectorDsl.Runtime.Weights;
using TorchSharp;

namespace DetectorDsl.Runtime.CommandLine;

/// <summary><c>weights</c>: what a file of weights holds, and the same as safetensors. Needs no declaration.</summary>
internal static class WeightsVerb
{
    public static Command For(CommandContext context)
    {
        var verb = new Command("weights", "Show what a weights file holds (safetensors, or .pth and .pt of PyTorch), or convert it to safetensors.") { Inspect(context), Convert(context) };
        verb.SetAction((Func<ParseResult, int>)(_ => throw new UsageException("weights: name what to do; there are inspect and convert.")));
        return verb;
    }

    private static Command Inspect(CommandContext context)
    {
        var file = FileArgument();
        var command = new Command("inspect", "List every tensor with its type and shape.") { file };
        command.SetAction(arguments =>
        {
            var weights = WeightsFile.Open(arguments.GetRequiredValue(file));
            foreach (var name in weights.TensorNames)
            {
                var (type, shape) = weights.Describe(name);
                context.Output.WriteLine($"{name}  {type}  [{string.Join(", ", shape)}]");
            }

            var numbers = weights.TensorNames.Sum(name => weights.Describe(name).Shape.Aggregate(1L, (product, length) => product * length));
            context.Output.WriteLine(FormattableString.Invariant($"{weights.TensorNames.Count()} tensors, {numbers:N0} numbers"));
            return ExitCodes.Good;
        });
        return command;
    }

    private static Command Convert(CommandContext context)
    {
        var file = FileArgument();
        var target = new Argument<string>("target") { Description = "The safetensors file to write; an existing one is replaced." };
        var command = new Command("convert", "Write the same tensors under the same names as safetensors.") { file, target };
        command.SetAction(arguments =>
        {
            TorchLibrary.EnsureLoaded();
            using var scope = torch.NewDisposeScope();
            var weights = WeightsFile.Open(arguments.GetRequiredValue(file));
            var tensors = weights.TensorNames.Select(name => KeyValuePair.Create(name, weights.Read(name))).ToList();
            SafetensorsFile.Write(arguments.GetRequiredValue(target), tensors, weights.Metadata);
            context.Output.WriteLine($"{tensors.Count} tensors written to {arguments.GetRequiredValue(target)}.");
            return ExitCodes.Good;
        });
        return command;
    }

    private static Argument<string> FileArgument() => new("file") { Description = "The weights file." };
}
