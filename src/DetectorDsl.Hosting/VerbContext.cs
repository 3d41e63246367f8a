namespace DetectorDsl.Hosting;

/// <summary>What a verb of the program's own works with, beside the trainer's verbs.</summary>
/// <param name="Output">Receives what a person reads.</param>
/// <param name="Cancellation">Set by Ctrl-C.</param>
public sealed record VerbContext(TextWriter Output, CancellationToken Cancellation);
