using DetectorDsl;

namespace OwnData;

/// <summary>The classes of the annotation file that the build is given.</summary>
[CategorySet("annotations.json")]
public static partial class OwnClasses;
