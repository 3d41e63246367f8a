namespace DetectorDsl.Generators.Models;

/// <summary>What is to be known of the project beside its declarations.</summary>
/// <param name="HasRuntime">Whether generated models and trainers can be compiled here; otherwise only slots are published.</param>
/// <param name="IsExecutable">Whether the project wants a <c>Main</c>.</param>
internal sealed record ProjectInfo(bool HasRuntime, bool IsExecutable);
