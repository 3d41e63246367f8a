using DetectorDsl.Generators.Planning.Code;

namespace DetectorDsl.Generators.Planning.Trainers;

/// <summary>What the template of the trainer prints.</summary>
internal sealed record TrainerFile(
    DeclarationNames Names,
    string Summary,
    string CategorySet,
    string Rules,
    bool HasInitialWeights,
    string DefaultData
) : FilePlan("Trainer", "Trainer", Names)
{
    public bool HasDefaultData => DefaultData.Length > 0;
}
