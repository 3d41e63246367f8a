namespace DetectorDsl;

/// <summary>One category of a data set, as the category file states it.</summary>
/// <param name="Id">Id in the annotation file.</param>
/// <param name="Name">Name in the annotation file.</param>
/// <param name="Frequency">Frequency group.</param>
/// <param name="ImageCount">Training images that hold the category; -1 where unknown.</param>
/// <param name="InstanceCount">Training instances of the category; -1 where unknown.</param>
public readonly record struct CategoryInfo(int Id, string Name, CategoryFrequencyGroup Frequency, int ImageCount, int InstanceCount);
