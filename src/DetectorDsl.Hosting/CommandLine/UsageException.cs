namespace DetectorDsl.Hosting.CommandLine;

/// <summary>The command line does not say what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
