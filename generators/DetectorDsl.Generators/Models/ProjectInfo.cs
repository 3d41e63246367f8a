namespace DetectorDsl.Generators.Models;

/// <summary>What is to be known of the project beside its declarations.</summary>
/// <param name="HasRuntime">Whether the runtime is referenced, without which generated models and trainers do not compile; then only slots are published.</param>
/// <param name="IsExecutable">Whether the project is a program, rather than a library.</param>
/// <param name="WantsEntryPoint">Whether the project is an executable without a <c>Main</c> of its own.</param>
/// <param name="LanguageVersion">The version of C#, such as 12.</param>
internal sealed record ProjectInfo(bool HasRuntime, bool IsExecutable, bool WantsEntryPoint, int LanguageVersion)
{
    /// <summary>The oldest version of C# that generated code is written in.</summary>
    public const int OldestLanguageVersion = 12;

    /// <summary>Stubs are written in an older C#, so that the version stands alone as the mistake.</summary>
    private const int OldestOfStubs = 10;

    /// <summary>Whether generated models and trainers compile as this project's C#.</summary>
    public bool CompilesModels => LanguageVersion >= OldestLanguageVersion;

    /// <summary>Whether what stands in for them does.</summary>
    public bool CompilesStubs => LanguageVersion >= OldestOfStubs;
}
