using System.ComponentModel.DataAnnotations;

namespace DetectorDsl;

/// <summary>A folder with annotations in COCO or LVIS JSON and the images they speak of.</summary>
/// <remarks>
/// Known layouts: <c>train.json</c> beside <c>train/</c>, <c>val.json</c> beside <c>val/</c>; <c>train/_annotations.coco.json</c>; <c>annotations/instances_train2017.json</c>; <c>annotations/lvis_v1_train.json</c>; one <c>instances.json</c> beside <c>images/</c>, which then serves for both.
/// </remarks>
/// <param name="Path">The folder, relative to the current directory unless rooted.</param>
[Component]
public record DataFolder([MinLength(1)] string Path) : DataSource;
