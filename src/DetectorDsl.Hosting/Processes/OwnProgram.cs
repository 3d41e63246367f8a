namespace DetectorDsl.Hosting.Processes;

/// <summary>This program, to be started once more.</summary>
internal static class OwnProgram
{
    /// <summary>The executable.</summary>
    public static string Executable => Environment.ProcessPath!;

    /// <summary>What stands before the program's own arguments: under the host that runs any assembly, this program's.</summary>
    public static string[] Arguments =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
}
