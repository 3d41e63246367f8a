namespace DetectorDsl;

/// <summary>
/// Fills a static partial class with the categories of a data set, read at compile time from a JSON file among the project's
/// <c>AdditionalFiles</c>: an enum of the classes, their number, names, image and instance counts, and frequency groups.
/// </summary>
/// <remarks>
/// The file is a list of categories as in LVIS (<c>id</c>, <c>name</c>, <c>frequency</c> r/c/f, <c>image_count</c>, <c>instance_count</c>;
/// all but id and name may be absent), or an object with such a list under <c>categories</c>, as COCO files have it. Labels follow the order
/// of ids.
/// </remarks>
/// <param name="file">The file's name, or the end of its path, with <c>/</c> between folders.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CategorySetAttribute(string file) : Attribute
{
    /// <summary>The file's name, or the end of its path.</summary>
    public string File { get; } = file;
}
