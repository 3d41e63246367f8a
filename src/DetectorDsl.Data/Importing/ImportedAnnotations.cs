using System.Collections.Immutable;
using DetectorDsl.Annotations;

namespace DetectorDsl.Data.Importing;

/// <summary>What was read of another format.</summary>
/// <param name="Set">Images, objects and categories; every file, image and row that could not be used is among its problems.</param>
/// <param name="Remarks">What a person should know of what was used: one sentence for each kind, with its number and first place.</param>
public sealed record ImportedAnnotations(AnnotationSet Set, ImmutableArray<string> Remarks);
