namespace DetectorDsl.Generators.Planning.Stubs;

/// <summary>A property of a type that stands in for a generated one: type and name in C#.</summary>
internal sealed record StubMember(string Type, string Name);
