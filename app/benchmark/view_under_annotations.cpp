// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <memory>
#include <numbers>
#include <random>

#include "app/benchmark/view_benchmark.h"
#include "app/benchmark/view_stage.h"
#include "viewer/annotation/annotation_set.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

constexpr int kCorners = 20;
constexpr int kPicks = 2000;
constexpr int kEdits = 50;

/// As large as nuclei and glands: radii of 8 to 80 pixels, most of them small.
std::vector<Annotation> polygonsOn(const Slide& slide, int count) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> one(0, 1);
  static constexpr const char* kClasses[]{"Tumour", "Stroma", "Immune cells", "Necrosis"};
  std::vector<Annotation> polygons(static_cast<size_t>(count));
  for (size_t i = 0; i < polygons.size(); ++i) {
    const Point centre{slide.bounds.x + one(random) * slide.bounds.width,
                       slide.bounds.y + one(random) * slide.bounds.height};
    const double radius = 8 * std::pow(10, std::pow(one(random), 3));
    Ring ring;
    for (int corner = 0; corner < kCorners; ++corner) {
      const double angle = 2 * std::numbers::pi * corner / kCorners,
                   reach = radius * (0.8 + 0.2 * one(random));
      ring.push_back({centre.x + reach * std::cos(angle), centre.y + reach * std::sin(angle)});
    }
    polygons[i].id = std::to_string(i);
    polygons[i].shape = Area{{{std::move(ring), {}}}};
    polygons[i].className = kClasses[i % 4];
  }
  return polygons;
}

Annotation movedOne(const AnnotationSet& set, std::mt19937& random) {
  Annotation changed = *set.all()[random() % set.all().size()];
  changed.shape = moved(changed.shape, 10, 10);
  return changed;
}

void pickAndEdit(const AnnotationSet& set, const Slide& slide, ViewUnderAnnotations& result) {
  std::mt19937 random(2);
  std::uniform_real_distribution<double> one(0, 1);
  for (int i = 0; i < kPicks; ++i) {
    const Point point{slide.bounds.x + one(random) * slide.bounds.width,
                      slide.bounds.y + one(random) * slide.bounds.height};
    const Clock::time_point start = Clock::now();
    (void)set.at(point, 8);
    result.picks.milliseconds.push_back(millisecondsSince(start));
  }
  for (int i = 0; i < kEdits; ++i) {
    Annotation changed = movedOne(set, random);
    const Clock::time_point start = Clock::now();
    const auto next = set.with({std::move(changed)});
    (void)differenceOf(set, *next);
    result.edits.milliseconds.push_back(millisecondsSince(start));
  }
}

/// What a pan ends with: the view stands, and then its polygons are edited one by one.
void standAndEdit(ViewStage& stage, const Viewport& view, AnnotationSetPtr set,
                  ViewUnderAnnotations& result) {
  result.stillPicture.milliseconds.push_back(
      stage.drawUntil(view, [](const FrameReport& report) { return !report.fading; }));
  std::mt19937 random(3);
  for (int i = 0; i < kEdits; ++i) {
    set = set->with({movedOne(*set, random)});
    stage.layers = {{nullptr, {}, set}};
    const Clock::time_point start = Clock::now();
    stage.draw(view);
    result.editedFrames.milliseconds.push_back(millisecondsSince(start));
    stage.drawUntil(view, [](const FrameReport& report) { return !report.fading; });
  }
}

}  // namespace

Result<ViewUnderAnnotations> viewUnderAnnotations(const ViewBenchmarkOptions& options) {
  auto canvas = OffScreenView::make(kBenchmarkScreen);
  if (!canvas) return tl::unexpected(canvas.error());
  auto opened = openSlide(options.slide);
  if (!opened) return tl::unexpected(opened.error());
  ViewUnderAnnotations result;
  result.polygons = options.annotations;
  std::vector<Annotation> polygons = polygonsOn(*opened->slide, options.annotations);
  const Clock::time_point start = Clock::now();
  const auto set = std::make_shared<const AnnotationSet>(std::vector<AnnotationClass>(), std::move(polygons));
  result.makeSet = millisecondsSince(start);
  const ViewTour tour(*opened->slide, kBenchmarkScreen, options.extent);
  for (Times* times : {&result.alone, &result.annotated}) {
    ViewStage stage(**canvas, *opened, threadCount(options.threads));
    const Viewport whole = fit(opened->slide->bounds, kBenchmarkScreen.width, kBenchmarkScreen.height);
    stage.settle(whole);
    if (times == &result.annotated) stage.layers = {{nullptr, {}, set}};
    stage.pan(tour, options.seconds, [&](const FrameReport& report, double milliseconds) {
      times->milliseconds.push_back(milliseconds);
      result.blankFrames += report.plan.blank;
      if (times == &result.alone) return;
      result.pieces.milliseconds.push_back(report.drawnLines);
      result.pictures.milliseconds.push_back(report.drawnLinePictures);
    });
    if (times == &result.annotated) standAndEdit(stage, whole, set, result);
  }
  pickAndEdit(*set, *opened->slide, result);
  return result;
}

}  // namespace geneglass
