namespace DetectorDsl.Generators.Tests.Packaging;

/// <summary>The SDK beside the runtime of this process.</summary>
internal static class Sdk
{
    private static readonly DirectoryInfo Framework = new(Path.GetDirectoryName(typeof(object).Assembly.Location)!);

    /// <summary>The folder of <c>dotnet</c>: shared/Microsoft.NETCore.App/10.0.x is below it.</summary>
    public static string Root { get; } = Framework.Parent!.Parent!.Parent!.FullName;

    /// <summary>The compiler of the newest SDK for this runtime.</summary>
    public static string Compiler { get; } =
        new DirectoryInfo(Path.Combine(Root, "sdk"))
            .EnumerateDirectories($"{Environment.Version.Major}.*")
            .Where(folder => Version.TryParse(folder.Name, out _))
            .OrderByDescending(folder => Version.Parse(folder.Name))
            .Select(folder => Path.Combine(folder.FullName, "Roslyn", "bincore", "csc.dll"))
            .First(File.Exists);

    /// <summary>The framework's own assemblies, to compile against.</summary>
    public static IEnumerable<string> FrameworkAssemblies { get; } =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Framework.FullName);
}
