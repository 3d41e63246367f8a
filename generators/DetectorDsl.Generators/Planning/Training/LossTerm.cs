namespace DetectorDsl.Generators.Planning.Training;

/// <summary>A term of the objective: its key in logs, and what it is.</summary>
internal sealed record LossTerm(string Key, string Summary);
