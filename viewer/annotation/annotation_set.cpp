// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/annotation_set.h"

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <iterator>
#include <limits>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "viewer/annotation/class_colours.h"

namespace geneglass {
namespace {

namespace bg = boost::geometry;
using IndexPoint = bg::model::point<double, 2, bg::cs::cartesian>;
using IndexBox = bg::model::box<IndexPoint>;
using Entry = std::pair<IndexBox, size_t>;  ///< the place in drawing order

IndexBox boxOf(const Rect& area) {
  return {{area.x, area.y}, {area.right(), area.bottom()}};
}

double squarePixelsOf(const Rect& box) {
  return box.width * box.height;
}

using Annotations = std::vector<AnnotationPtr>;

/// Where two lists differ: they begin alike before `begin`, and end alike.
struct Middle {
  size_t begin = 0;
  size_t endBefore = 0;
  size_t endAfter = 0;
  bool isAligned() const { return endBefore == endAfter; }
};

Middle middleOf(const Annotations& before, const Annotations& after) {
  Middle middle{0, before.size(), after.size()};
  const size_t least = std::min(before.size(), after.size());
  while (middle.begin < least && before[middle.begin] == after[middle.begin]) ++middle.begin;
  while (middle.endBefore > middle.begin && middle.endAfter > middle.begin &&
         before[middle.endBefore - 1] == after[middle.endAfter - 1]) {
    --middle.endBefore;
    --middle.endAfter;
  }
  return middle;
}

/// The places of `list` within the middle that are not the same in `other`, whose middle is as long where
/// they are aligned.
std::vector<size_t> changedPlaces(const Middle& middle, const Annotations& list, size_t end,
                                  const Annotations& other) {
  std::vector<size_t> places;
  for (size_t place = middle.begin; place < end; ++place)
    if (!middle.isAligned() || list[place] != other[place]) places.push_back(place);
  return places;
}

}  // namespace

struct AnnotationSet::Index {
  /// Finds by letters that nobody owns.
  struct HashOfText {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using PlacesById = std::unordered_map<std::string, size_t, HashOfText, std::equal_to<>>;

  bg::index::rtree<Entry, bg::index::quadratic<16>> tree;
  std::shared_ptr<const PlacesById> places;  ///< shared by sets that have the same ids in the same places
  std::vector<Rect> bounds;
};

AnnotationSet::AnnotationSet() {
  indexAll();
}
AnnotationSet::~AnnotationSet() = default;

AnnotationSet::AnnotationSet(const AnnotationSet& before, std::vector<AnnotationClass> classes,
                             std::vector<AnnotationPtr> all)
    : m_classes(std::move(classes)), m_all(std::move(all)) {
  const Middle middle = middleOf(before.m_all, m_all);
  const auto gone = changedPlaces(middle, before.m_all, middle.endBefore, m_all);
  const auto came = changedPlaces(middle, m_all, middle.endAfter, before.m_all);
  for (const size_t place : came) addClass(m_all[place]->className);
  if (gone.empty() && came.empty()) {
    m_index = before.m_index;
    return;
  }
  const bool othersStay = middle.isAligned() || middle.endBefore == before.m_all.size();
  if (!othersStay || gone.size() + came.size() > m_all.size() / 8) {
    indexAll();
    return;
  }
  auto index = std::make_shared<Index>(*before.m_index);
  for (const size_t place : gone) index->tree.remove({boxOf(index->bounds[place]), place});
  index->bounds.resize(m_all.size());
  for (const size_t place : came) {
    index->bounds[place] = boundsOf(m_all[place]->shape);
    index->tree.insert({boxOf(index->bounds[place]), place});
  }
  const bool sameIds = middle.isAligned() && std::ranges::all_of(came, [&](size_t place) {
                         return before.m_all[place]->id == m_all[place]->id;
                       });
  if (!sameIds) {
    auto places = std::make_shared<Index::PlacesById>(*before.m_index->places);
    for (const size_t place : gone) places->erase(before.m_all[place]->id);
    for (const size_t place : came) (*places)[m_all[place]->id] = place;
    index->places = std::move(places);
  }
  m_index = std::move(index);
}

AnnotationSet::AnnotationSet(std::vector<AnnotationClass> classes, std::vector<Annotation> annotations)
    : m_classes(std::move(classes)) {
  std::unordered_set<std::string> ids;
  m_all.reserve(annotations.size());
  for (Annotation& annotation : annotations) {
    if (annotation.id.empty() || ids.contains(annotation.id)) annotation.id = freshAnnotationId();
    ids.insert(annotation.id);
    addClass(annotation.className);
    m_all.push_back(std::make_shared<const Annotation>(std::move(annotation)));
  }
  indexAll();
}

void AnnotationSet::addClass(const std::string& name) {
  if (name.empty()) return;
  if (std::ranges::find(m_classes, name, &AnnotationClass::name) == m_classes.end())
    m_classes.push_back({name, colourForClass(name)});
}

void AnnotationSet::indexAll() {
  std::vector<Entry> entries;
  entries.reserve(m_all.size());
  auto index = std::make_shared<Index>();
  auto places = std::make_shared<Index::PlacesById>();
  places->reserve(m_all.size());
  index->bounds.reserve(m_all.size());
  for (size_t place = 0; place < m_all.size(); ++place) {
    index->bounds.push_back(boundsOf(m_all[place]->shape));
    entries.emplace_back(boxOf(index->bounds.back()), place);
    places->emplace(m_all[place]->id, place);
  }
  index->places = std::move(places);
  index->tree = {entries.begin(), entries.end()};
  m_index = std::move(index);
}

AnnotationPtr AnnotationSet::find(std::string_view id) const {
  const auto found = m_index->places->find(id);
  return found == m_index->places->end() ? nullptr : m_all[found->second];
}

uint32_t AnnotationSet::colourOf(const Annotation& annotation) const {
  if (annotation.colour) return *annotation.colour;
  for (const AnnotationClass& known : m_classes)
    if (known.name == annotation.className) return known.colour;
  return kColourWithoutClass;
}

const std::vector<Rect>& AnnotationSet::bounds() const {
  return m_index->bounds;
}

std::vector<size_t> AnnotationSet::placesWithin(const Rect& area) const {
  std::vector<size_t> places;
  for (auto found = m_index->tree.qbegin(bg::index::intersects(boxOf(area))); found != m_index->tree.qend();
       ++found)
    places.push_back(found->second);
  std::ranges::sort(places);
  return places;
}

size_t AnnotationSet::countWithin(const Rect& area, size_t most) const {
  size_t count = 0;
  auto found = m_index->tree.qbegin(bg::index::intersects(boxOf(area)));
  for (; count < most && found != m_index->tree.qend(); ++found) ++count;
  return count;
}

std::vector<AnnotationPtr> AnnotationSet::within(const Rect& area) const {
  std::vector<AnnotationPtr> annotations;
  for (const size_t place : placesWithin(area)) annotations.push_back(m_all[place]);
  return annotations;
}

AnnotationPtr AnnotationSet::at(Point point, double reach) const {
  AnnotationPtr smallest;
  double smallestSize = std::numeric_limits<double>::infinity();
  const auto near = within({point.x - reach, point.y - reach, 2 * reach, 2 * reach});
  for (auto annotation = near.rbegin(); annotation != near.rend(); ++annotation) {
    const Shape& shape = (*annotation)->shape;
    if (distanceTo(shape, point) <= reach) return *annotation;
    const double size = squarePixelsOf(boundsOf(shape));
    if (size >= smallestSize || !holds(shape, point)) continue;
    smallestSize = size;
    smallest = *annotation;
  }
  return smallest;
}

AnnotationSetPtr AnnotationSet::with(std::vector<Annotation> changed) const {
  std::vector<AnnotationPtr> all = m_all;
  std::unordered_map<std::string_view, size_t> added;
  for (Annotation& annotation : changed) {
    if (annotation.id.empty()) annotation.id = freshAnnotationId();
    const auto next = std::make_shared<const Annotation>(std::move(annotation));
    if (const auto known = m_index->places->find(next->id); known != m_index->places->end()) {
      all[known->second] = next;
    } else if (const auto again = added.find(next->id); again != added.end()) {
      all[again->second] = next;
    } else {
      added.emplace(next->id, all.size());
      all.push_back(next);
    }
  }
  return AnnotationSetPtr(new AnnotationSet(*this, m_classes, std::move(all)));
}

AnnotationSetPtr AnnotationSet::without(const std::vector<std::string>& ids) const {
  const std::unordered_set<std::string_view> gone(ids.begin(), ids.end());
  std::vector<AnnotationPtr> all;
  all.reserve(m_all.size());
  std::ranges::copy_if(m_all, std::back_inserter(all),
                       [&](const AnnotationPtr& annotation) { return !gone.contains(annotation->id); });
  return AnnotationSetPtr(new AnnotationSet(*this, m_classes, std::move(all)));
}

AnnotationSetPtr AnnotationSet::withClass(const AnnotationClass& changed) const {
  std::vector<AnnotationClass> classes = m_classes;
  const auto known = std::ranges::find(classes, changed.name, &AnnotationClass::name);
  if (known == classes.end())
    classes.push_back(changed);
  else
    *known = changed;
  return AnnotationSetPtr(new AnnotationSet(*this, std::move(classes), m_all));
}

AnnotationSetPtr AnnotationSet::withClassRenamed(std::string_view from, const std::string& to) const {
  std::vector<AnnotationClass> classes = m_classes;
  const auto named = [](std::string_view name) {
    return [name](const AnnotationClass& known) { return known.name == name; };
  };
  if (to.empty() || std::ranges::any_of(classes, named(to)))
    std::erase_if(classes, named(from));
  else
    for (AnnotationClass& known : classes)
      if (known.name == from) known.name = to;
  std::vector<AnnotationPtr> all = m_all;
  for (AnnotationPtr& annotation : all) {
    if (annotation->className != from) continue;
    Annotation renamed = *annotation;
    renamed.className = to;
    annotation = std::make_shared<const Annotation>(std::move(renamed));
  }
  return AnnotationSetPtr(new AnnotationSet(*this, std::move(classes), std::move(all)));
}

AnnotationSetPtr AnnotationSet::changedBy(const AnnotationDifference& difference) const {
  const bool sameClasses = difference.classesBefore == difference.classesAfter;
  return AnnotationSetPtr(new AnnotationSet(*this, sameClasses ? m_classes : difference.classesAfter,
                                            listChangedBy(m_all, difference)));
}

std::vector<AnnotationPtr> listChangedBy(std::vector<AnnotationPtr> all,
                                         const AnnotationDifference& difference) {
  for (const AnnotationChange& change : difference.changes)
    if (change.before && change.placeBefore < all.size()) all[change.placeBefore] = nullptr;
  std::erase(all, nullptr);
  std::vector<const AnnotationChange*> coming;
  for (const AnnotationChange& change : difference.changes)
    if (change.after) coming.push_back(&change);
  std::ranges::sort(coming, {}, &AnnotationChange::placeAfter);
  std::vector<AnnotationPtr> merged;
  merged.reserve(all.size() + coming.size());
  auto stayed = all.begin();
  for (const AnnotationChange* change : coming) {
    while (merged.size() < change->placeAfter && stayed != all.end()) merged.push_back(std::move(*stayed++));
    merged.push_back(change->after);
  }
  merged.insert(merged.end(), std::move_iterator(stayed), std::move_iterator(all.end()));
  return merged;
}

AnnotationDifference reversed(AnnotationDifference difference) {
  for (AnnotationChange& change : difference.changes) {
    std::swap(change.before, change.after);
    std::swap(change.placeBefore, change.placeAfter);
  }
  std::swap(difference.classesBefore, difference.classesAfter);
  return difference;
}

AnnotationDifference differenceOf(const AnnotationSet& before, const AnnotationSet& after) {
  AnnotationDifference difference;
  const Middle middle = middleOf(before.all(), after.all());
  const auto left = changedPlaces(middle, before.all(), middle.endBefore, after.all());
  const auto came = changedPlaces(middle, after.all(), middle.endAfter, before.all());
  std::unordered_map<std::string_view, size_t> changed;  // by id: the change's number
  std::unordered_set<const Annotation*> kept;            // of those that came: they only moved
  for (const size_t place : came) kept.insert(after.all()[place].get());
  for (const size_t place : left) {
    const AnnotationPtr& annotation = before.all()[place];
    if (kept.erase(annotation.get()) > 0) continue;
    changed.emplace(annotation->id, difference.changes.size());
    difference.changes.push_back({annotation, nullptr, place, 0});
  }
  for (const size_t place : came) {
    const AnnotationPtr& annotation = after.all()[place];
    if (!kept.contains(annotation.get())) continue;
    const auto replaced = changed.find(annotation->id);
    if (replaced == changed.end()) {
      difference.changes.push_back({nullptr, annotation, 0, place});
    } else {
      difference.changes[replaced->second].after = annotation;
      difference.changes[replaced->second].placeAfter = place;
    }
  }
  if (before.classes() != after.classes()) {
    difference.classesBefore = before.classes();
    difference.classesAfter = after.classes();
  }
  return difference;
}

}  // namespace geneglass
