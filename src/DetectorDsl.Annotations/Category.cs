namespace DetectorDsl.Annotations;

/// <summary>A category of an annotation file.</summary>
/// <param name="Id">Its id, unique in the file.</param>
/// <param name="Name">Its name.</param>
public sealed record Category(int Id, string Name)
{
    /// <summary>Frequency group by training images; null where the file states none (COCO).</summary>
    public CategoryFrequency? Frequency { get; init; }

    /// <summary>Training images that hold it; null where the file states none.</summary>
    public int? ImageCount { get; init; }

    /// <summary>Training instances; null where the file states none.</summary>
    public int? InstanceCount { get; init; }

    /// <summary>LVIS: the meaning in WordNet, such as <c>bagel.n.01</c>; null where the file states none.</summary>
    public string? Synset { get; init; }

    /// <summary>LVIS: the meaning in words (<c>def</c>); null where the file states none.</summary>
    public string? Definition { get; init; }

    /// <summary>The id as the file states it, where it is a word; <see cref="Id" /> is a number given to it then.</summary>
    public string? StatedId { get; init; }

    /// <summary>Members of the file's entry that nothing here reads, such as the supercategory; null where there are none.</summary>
    public JsonMembers? Extra { get; init; }
}

/// <summary>Frequency group of an LVIS category by the number of training images that hold it.</summary>
public enum CategoryFrequency
{
    /// <summary>1 to 10 images (<c>r</c>).</summary>
    Rare,

    /// <summary>11 to 100 images (<c>c</c>).</summary>
    Common,

    /// <summary>More than 100 images (<c>f</c>).</summary>
    Frequent,
}
