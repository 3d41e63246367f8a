using DetectorDsl;

namespace Zoo;

/// <summary>The 80 classes of COCO.</summary>
[CategorySet("coco_categories.json")]
public static partial class Coco;

/// <summary>The 1,203 classes of LVIS v1, with the counts of its training set.</summary>
[CategorySet("lvis_v1_categories.json")]
public static partial class LvisV1;
