using DetectorDsl.Generators.Models;
using Microsoft.CodeAnalysis;

namespace DetectorDsl.Generators.Categories;

/// <summary>
/// Where a class with [CategorySet] stands. For the reporting branch alone: a location equals another only within one version of its source,
/// so what depends on it runs again at every edit of that source.
/// </summary>
internal sealed record CategorySetPlaces(string TypeName, Location Name, Location File)
{
    public Location Find(Origin origin) => origin.Member.Length == 0 ? Name : File;
}
