using DetectorDsl.Hosting.Reporting;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>What every verb works with.</summary>
/// <param name="Report">What a person sees of the run.</param>
/// <param name="Output">Receives what was asked for as text; of a line, control characters are shown as such.</param>
/// <param name="Cancellation">Set by Ctrl-C.</param>
internal sealed record CommandContext(IReport Report, VisibleWriter Output, CancellationToken Cancellation);
