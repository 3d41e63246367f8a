using System.CommandLine;
using DetectorDsl.Data.Rendering;
using DetectorDsl.Hosting;
using DetectorDsl.Hosting.Trainers;
using LongTail.Experiment;

namespace LongTail;

/// <summary><c>render</c>: a seed's images, for the verbs that every trainer has.</summary>
internal static class RenderVerb
{
    public static Command For(VerbContext context)
    {
        var seed = new Option<long>("--seed")
        {
            Description = "Seed of the images.",
            HelpName = "integer",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command("render", "Render a seed's images and say where they lie, for train --data and the other verbs.")
        {
            seed,
        };
        command.SetAction(arguments =>
            context.Output.WriteLine(DataCache.Rendered(TailData.Usual.Tail, arguments.GetValue(seed), cancellation: context.Cancellation))
        );
        return command;
    }
}
