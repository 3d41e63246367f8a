using System.CommandLine;

namespace DetectorDsl.Hosting.Trainers;

/// <summary>A trainer's own options, for programs that train without a command line.</summary>
public static class TrainerArguments
{
    /// <summary>Takes options as the command line does.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="options">Names and values, such as <c>--epochs</c> and <c>3</c>; those left out keep the declared values.</param>
    /// <returns>What <see cref="TrainingRequest.Arguments" /> and <see cref="DetectorTrainer.Open" /> take.</returns>
    /// <exception cref="ArgumentException">The trainer has no such option, or not such a value; the message names it.</exception>
    public static ParseResult Of(DetectorTrainer trainer, params IReadOnlyList<string> options)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        var command = new Command(trainer.Name);
        foreach (var option in trainer.Options)
        {
            command.Add(option);
        }

        var arguments = command.Parse(options);
        return arguments.Errors.Count == 0
            ? arguments
            : throw new ArgumentException(
                $"{trainer.Name}: {string.Join(" ", arguments.Errors.Select(error => error.Message))}",
                nameof(options)
            );
    }
}
