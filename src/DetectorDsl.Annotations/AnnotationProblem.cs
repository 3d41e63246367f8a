namespace DetectorDsl.Annotations;

/// <summary>A defect of an entry, and what was done about it; the rest of the file is used.</summary>
/// <param name="File">The file.</param>
/// <param name="Entry">The entry, such as <c>annotation 17</c>.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Done">What was done, such as <c>left out</c>.</param>
public sealed record AnnotationProblem(string File, string Entry, string What, string Done)
{
    /// <inheritdoc />
    public override string ToString() => $"{File}: {Entry}: {What}; {Done}.";
}
