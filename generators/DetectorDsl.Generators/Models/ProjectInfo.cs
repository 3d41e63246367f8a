namespace DetectorDsl.Generators.Models;

/// <summary>What is to be known of the project beside its declarations.</summary>
/// <param name="HasRuntime">Whether generated models and trainers can be compiled here; otherwise only slots are published.</param>
/// <param name="WantsEntryPoint">Whether the project is an executable without a <c>Main</c> of its own.</param>
internal sealed record ProjectInfo(bool HasRuntime, bool WantsEntryPoint);
