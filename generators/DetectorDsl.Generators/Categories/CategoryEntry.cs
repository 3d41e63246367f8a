namespace DetectorDsl.Generators.Categories;

/// <summary>A category as its file states it; counts are -1 and the frequency is Unknown where it states none.</summary>
internal sealed record CategoryEntry(int Id, string Name, string Frequency, int ImageCount, int InstanceCount);
