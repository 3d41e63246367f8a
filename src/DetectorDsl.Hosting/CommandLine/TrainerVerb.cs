using System.CommandLine;
using DetectorDsl.Hosting.Trainers;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>A verb that works on a declaration: <c>verb ...</c> where the program holds one, <c>verb NAME ...</c> where it holds several.</summary>
internal abstract class TrainerVerb(string name, string help)
{
    /// <summary>Name of the verb.</summary>
    public string Name { get; } = name;

    /// <summary>The command for some declarations.</summary>
    public Command For(IReadOnlyList<DetectorTrainer> trainers, CommandContext context)
    {
        var verb = new Command(Name, help);
        if (trainers.Count == 1)
        {
            Complete(verb, Fill(verb, trainers[0], context), context);
            return verb;
        }

        foreach (var trainer in trainers)
        {
            var command = new Command(trainer.Name, trainer.Summary);
            if (trainer.Name.ToLowerInvariant() is var lower && lower != trainer.Name)
            {
                command.Aliases.Add(lower);
            }

            command.SetAction(Fill(command, trainer, context));
            verb.Add(command);
        }

        var names = string.Join(", ", trainers.Select(trainer => trainer.Name));
        Complete(verb, _ => throw new UsageException($"{Name}: name a declaration; there are {names}."), context);
        return verb;
    }

    /// <summary>Adds a declaration's options.</summary>
    /// <returns>What the verb does to the declaration.</returns>
    protected abstract Func<ParseResult, int> Fill(Command command, DetectorTrainer trainer, CommandContext context);

    /// <summary>Sets what the verb does when no declaration's name follows it.</summary>
    protected virtual void Complete(Command verb, Func<ParseResult, int> action, CommandContext context) => verb.SetAction(action);
}
