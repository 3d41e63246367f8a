namespace DetectorDsl.EndToEnd.Tests.Declarations;

/// <summary>The 60 classes of the small rendered data set.</summary>
[CategorySet("rendered_small_categories.json")]
public static partial class SmallShapes;

/// <summary>The 1,203 classes of LVIS v1.</summary>
[CategorySet("lvis_v1_categories.json")]
public static partial class LvisV1;
