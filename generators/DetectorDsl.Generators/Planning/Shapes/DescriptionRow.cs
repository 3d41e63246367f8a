namespace DetectorDsl.Generators.Planning.Shapes;

/// <summary>A line of a model's description: a part under its state-dict name, what it is, the shape it yields, what it costs.</summary>
internal sealed record DescriptionRow(string Name, string Kind, string Shape, Cost Cost);
