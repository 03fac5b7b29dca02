package store

import (
	"reflect"
	"slices"
	"sync"
	"time"
)

// copied are rows that share nothing with those they are copied from.
func copied[T any](rows []T) []T {
	if flat(reflect.TypeFor[T]()) {
		return slices.Clone(rows)
	}
	return deepCopy(reflect.ValueOf(rows)).Interface().([]T)
}

// flats remembers of types whether they are flat.
var flats sync.Map

// flat tells whether values of a type share nothing with what they are assigned
// to; a time's zone never changes.
func flat(of reflect.Type) bool {
	if is, known := flats.Load(of); known {
		return is.(bool)
	}
	is := true
	switch of.Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer, reflect.Interface, reflect.Array:
		is = false
	case reflect.Struct:
		for i := 0; i < of.NumField() && is && of != reflect.TypeFor[time.Time](); i++ {
			is = flat(of.Field(i).Type)
		}
	}
	flats.Store(of, is)
	return is
}

func deepCopy(v reflect.Value) reflect.Value {
	if flat(v.Type()) {
		return v
	}
	made := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		made.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		reflect.Copy(made, v)
		for i := 0; i < v.Len() && !flat(v.Type().Elem()); i++ {
			made.Index(i).Set(deepCopy(v.Index(i)))
		}
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		made.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
		for each := v.MapRange(); each.Next(); {
			made.SetMapIndex(each.Key(), deepCopy(each.Value()))
		}
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		made.Set(reflect.New(v.Type().Elem()))
		made.Elem().Set(deepCopy(v.Elem()))
	case reflect.Struct:
		made.Set(v)
		for i := range v.NumField() {
			if !flat(v.Field(i).Type()) {
				made.Field(i).Set(deepCopy(v.Field(i)))
			}
		}
	default: // columns have none of the other kinds
		panic("a row holds a " + v.Kind().String())
	}
	return made
}

// weigh is about how many bytes a value holds, with all that it points to.
func weigh(v reflect.Value) int {
	if !v.IsValid() {
		return 0
	}
	return int(v.Type().Size()) + weighHeld(v)
}

// weighHeld is what stands outside the value itself.
func weighHeld(v reflect.Value) (bytes int) {
	switch v.Kind() {
	case reflect.String:
		return v.Len()
	case reflect.Slice:
		bytes = v.Len() * int(v.Type().Elem().Size())
		for i := 0; i < v.Len() && !weightless(v.Type().Elem()); i++ {
			bytes += weighHeld(v.Index(i))
		}
	case reflect.Array:
		for i := 0; i < v.Len() && !weightless(v.Type().Elem()); i++ {
			bytes += weighHeld(v.Index(i))
		}
	case reflect.Map:
		for each := v.MapRange(); each.Next(); {
			bytes += weigh(each.Key()) + weigh(each.Value())
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() && v.Type() != reflect.TypeFor[reflect.Type]() && v.Type() != reflect.TypeFor[*time.Location]() {
			bytes = weigh(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			bytes += weighHeld(v.Field(i))
		}
	}
	return bytes
}

// weightless tells whether values of a type hold nothing outside themselves.
func weightless(of reflect.Type) bool {
	switch of.Kind() {
	case reflect.String, reflect.Struct, reflect.Array:
		return false
	}
	return flat(of)
}
